package io.phalanx.scheduler.journal;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A SHA-256 digest, held as four big-endian words so that it is immutable and compares by value.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record Hash(long a, long b, long c, long d) {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** All zero: what stands before the first row of a journal. */
  public static final Hash ZERO = new Hash(0, 0, 0, 0);

  /**
   * The hash with these bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 32
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Hash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /**
   * The hash that is written so.
   *
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException if it is anything else
   */
  public static Hash parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    putInto(buffer);
    return buffer.array();
  }

  /** Puts its bytes into a big-endian buffer. */
  public void putInto(ByteBuffer buffer) {
    buffer.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  /** 64 lower-case digits. */
  public String hex() {
    return HexFormat.of().formatHex(toBytes());
  }

  @Override
  public String toString() {
    return hex();
  }
}
