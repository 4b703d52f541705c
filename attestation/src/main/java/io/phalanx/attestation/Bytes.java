package io.phalanx.attestation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An immutable run of bytes, compared by content. */
public final class Bytes {
  private static final HexFormat HEX = HexFormat.of();
  private static final int UNKNOWN = 0;

  private final byte[] value;

  /** Remembered, as evidence of several kilobytes is looked up by it; racy, and harmless so. */
  private int hash = UNKNOWN;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** A copy of these. */
  public static Bytes copyOf(byte... value) {
    return new Bytes(value.clone());
  }

  /** The UTF-8 form of a text. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** From hexadecimal digits of either case; none when the text holds anything else. */
  public static Optional<Bytes> ofHex(String digits) {
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.empty();
    }
    return Optional.of(new Bytes(HEX.parseHex(digits)));
  }

  /** How many they are. */
  public int length() {
    return value.length;
  }

  /** The byte at an index from 0, unsigned. */
  public int at(int index) {
    return value[index] & 0xFF;
  }

  /** Those from an index, included, to another, left out. */
  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(value, from, to));
  }

  /** These, then the others. */
  public Bytes concat(Bytes others) {
    byte[] all = Arrays.copyOf(value, value.length + others.value.length);
    System.arraycopy(others.value, 0, all, value.length, others.value.length);
    return new Bytes(all);
  }

  /** Whether every one is zero. */
  public boolean isZero() {
    for (byte one : value) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  /** Their SHA-256. */
  public Bytes sha256() {
    return sha256(0, value.length);
  }

  /** The SHA-256 of those from an index, included, to another, left out. */
  public Bytes sha256(int from, int to) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(value, from, to - from);
      return new Bytes(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** In lower-case hexadecimal digits. */
  public String hex() {
    return HEX.formatHex(value);
  }

  /** As characters of one byte each (ISO 8859-1). */
  public String latin1() {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  /** A copy. */
  public byte[] toArray() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && (this == bytes || Arrays.equals(value, bytes.value));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == UNKNOWN) {
      known = Arrays.hashCode(value);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return length() <= 64 ? hex() : HEX.formatHex(value, 0, 32) + "…" + length();
  }
}
