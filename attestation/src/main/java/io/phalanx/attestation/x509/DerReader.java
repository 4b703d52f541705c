package io.phalanx.attestation.x509;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads DER (ITU-T X.690) from front to back. Only what DER allows passes: definite, minimal
 * lengths inside their parent. It never recurses, so depth is the caller's.
 */
final class DerReader {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int ENUMERATED = 0x0A;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** No number in a certificate is longer: RSA of 4,096 bits and a sign. */
  private static final int MAX_INTEGER = 513;

  private final Bytes all;
  private final RejectReason malformed;
  private final int end;
  private int at;

  private DerReader(Bytes all, int from, int end, RejectReason malformed) {
    this.all = all;
    this.at = from;
    this.end = end;
    this.malformed = malformed;
  }

  /** All of these bytes; what cannot be read is rejected with that reason. */
  static DerReader of(Bytes all, RejectReason malformed) {
    return new DerReader(all, 0, all.length(), malformed);
  }

  boolean isAtEnd() {
    return at == end;
  }

  /** Whether the next element has that tag. */
  boolean isNext(int tag) {
    return at < end && all.at(at) == tag;
  }

  /** Refuses what follows. */
  void end() throws RejectedException {
    if (at != end) {
      throw fault("something follows the last element");
    }
  }

  /** The inside of the next element, which must have that tag. */
  DerReader enter(int tag) throws RejectedException {
    if (!isNext(tag)) {
      throw fault("element " + Integer.toHexString(tag) + " is missing");
    }
    at++;
    int length = length();
    if (length > end - at) {
      throw fault("an element is longer than its parent");
    }
    DerReader inside = new DerReader(all, at, at + length, malformed);
    at += length;
    return inside;
  }

  /** The next element with its tag and length. */
  Bytes whole(int tag) throws RejectedException {
    int from = at;
    enter(tag);
    return all.slice(from, at);
  }

  /** The content of the next element. */
  Bytes content(int tag) throws RejectedException {
    DerReader inside = enter(tag);
    return all.slice(inside.at, inside.end);
  }

  /** The content of the next element, whatever its tag. */
  Bytes anyContent() throws RejectedException {
    if (at >= end) {
      throw fault("an element is missing");
    }
    return content(all.at(at));
  }

  boolean booleanValue() throws RejectedException {
    Bytes content = content(BOOLEAN);
    if (content.length() != 1 || (content.at(0) != 0 && content.at(0) != 0xFF)) {
      throw fault("a boolean is neither true nor false");
    }
    return content.at(0) != 0;
  }

  BigInteger integer() throws RejectedException {
    Bytes content = content(INTEGER);
    int length = content.length();
    if (length == 0 || length > MAX_INTEGER) {
      throw fault("an integer has " + length + " bytes");
    }
    boolean isPadded =
        length > 1
            && ((content.at(0) == 0 && content.at(1) < 0x80)
                || (content.at(0) == 0xFF && content.at(1) >= 0x80));
    if (isPadded) {
      throw fault("an integer is padded");
    }
    return new BigInteger(content.toArray());
  }

  /** An integer from 0 to a bound, included. */
  int smallInteger(int max) throws RejectedException {
    BigInteger value = integer();
    if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw fault("an integer is not within 0 and " + max);
    }
    return value.intValue();
  }

  /** A bit string that fills its bytes. */
  Bytes bits() throws RejectedException {
    Bytes content = content(BIT_STRING);
    if (content.length() == 0 || content.at(0) != 0) {
      throw fault("a bit string does not fill its bytes");
    }
    return content.slice(1, content.length());
  }

  /** A point in time, to the second, UTC. */
  Instant time() throws RejectedException {
    if (isNext(UTC_TIME)) {
      String text = content(UTC_TIME).latin1();
      // RFC 5280: two digits from 50 on are of the last century
      String century = !text.isEmpty() && text.charAt(0) >= '5' ? "19" : "20";
      return time(century + text);
    }
    return time(content(GENERALIZED_TIME).latin1());
  }

  private Instant time(String text) throws RejectedException {
    if (text.length() != 15 || text.charAt(14) != 'Z') {
      throw fault("a time is not in seconds UTC");
    }
    int[] parts = new int[6];
    int from = 0;
    for (int i = 0; i < parts.length; i++) {
      int to = from + (i == 0 ? 4 : 2);
      parts[i] = number(text, from, to);
      from = to;
    }
    try {
      return LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noSuchTime) {
      throw fault("a time does not exist");
    }
  }

  private int number(String text, int from, int to) throws RejectedException {
    int value = 0;
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        throw fault("a time holds something else than digits");
      }
      value = value * 10 + (digit - '0');
    }
    return value;
  }

  private int length() throws RejectedException {
    if (at >= end) {
      throw fault("a length is missing");
    }
    int first = all.at(at++);
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7F;
    if (count == 0 || count > 3 || count > end - at) {
      throw fault("a length is indefinite or too long");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = (length << 8) | all.at(at++);
    }
    if (length < 0x80 || (count > 1 && length < 1 << (8 * (count - 1)))) {
      throw fault("a length is not minimal");
    }
    return length;
  }

  RejectedException fault(String what) {
    return new RejectedException(malformed, "At byte " + at + " of the DER: " + what + ".");
  }
}
