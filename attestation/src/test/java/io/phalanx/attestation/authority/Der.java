package io.phalanx.attestation.authority;

import io.phalanx.attestation.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes DER. */
public final class Der {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Instant LAST_OF_UTC = Instant.parse("2050-01-01T00:00:00Z");

  private Der() {}

  /** An element. */
  public static Bytes element(int tag, Bytes content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = content.length();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(0x83);
      out.write(length >> 16);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toArray());
    return Bytes.copyOf(out.toByteArray());
  }

  /** A sequence. */
  public static Bytes sequence(Bytes... parts) {
    return element(0x30, join(parts));
  }

  /** A set. */
  public static Bytes set(Bytes... parts) {
    return element(0x31, join(parts));
  }

  /** One after the other. */
  public static Bytes join(Bytes... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes part : parts) {
      out.writeBytes(part.toArray());
    }
    return Bytes.copyOf(out.toByteArray());
  }

  /** A number. */
  public static Bytes integer(BigInteger value) {
    return element(0x02, Bytes.copyOf(value.toByteArray()));
  }

  /** A number. */
  public static Bytes integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  /** An identifier in dots. */
  public static Bytes oid(String dotted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] numbers = dotted.split("\\.", -1);
    base128(out, Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      base128(out, Integer.parseInt(numbers[i]));
    }
    return element(0x06, Bytes.copyOf(out.toByteArray()));
  }

  private static void base128(ByteArrayOutputStream out, int number) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (number >> shift != 0) {
        out.write((number >> shift & 0x7F) | 0x80);
      }
    }
    out.write(number & 0x7F);
  }

  /** Bits that fill their bytes. */
  public static Bytes bits(Bytes content) {
    return element(0x03, Bytes.copyOf((byte) 0).concat(content));
  }

  /** Bytes. */
  public static Bytes octets(Bytes content) {
    return element(0x04, content);
  }

  /** True or false. */
  public static Bytes bool(boolean value) {
    return element(0x01, Bytes.copyOf((byte) (value ? 0xFF : 0)));
  }

  /** A time, in the form that RFC 5280 asks for. */
  public static Bytes time(Instant at) {
    boolean isShort = at.isBefore(LAST_OF_UTC);
    String text = isShort ? UTC.format(at) : GENERALIZED.format(at);
    return element(isShort ? 0x17 : 0x18, Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A name of one common name. */
  public static Bytes name(String commonName) {
    return sequence(set(sequence(oid("2.5.4.3"), element(0x0C, Bytes.utf8(commonName)))));
  }
}
