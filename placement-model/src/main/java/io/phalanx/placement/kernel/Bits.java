package io.phalanx.placement.kernel;

import java.util.Arrays;

/** Sets of small integers as words of 64 bits. */
final class Bits {
  private Bits() {}

  static long[] none(int size) {
    return new long[(size + Long.SIZE - 1) / Long.SIZE];
  }

  static long[] all(int size) {
    long[] bits = none(size);
    Arrays.fill(bits, -1L);
    if (size % Long.SIZE != 0) {
      bits[bits.length - 1] = (1L << size) - 1;
    }
    return bits;
  }

  static void set(long[] bits, int i) {
    bits[i >> 6] |= 1L << i;
  }

  static void clear(long[] bits, int i) {
    bits[i >> 6] &= ~(1L << i);
  }

  static boolean has(long[] bits, int i) {
    return (bits[i >> 6] >> i & 1) != 0;
  }
}
