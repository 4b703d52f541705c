package io.phalanx.placement.kernel;

/** Sets of small integers as words of 64 bits. */
final class Bits {
  private Bits() {}

  static long[] none(int size) {
    return new long[(size + Long.SIZE - 1) / Long.SIZE];
  }

  static long[] all(int size) {
    long[] bits = none(size);
    for (int i = 0; i < size; i++) {
      set(bits, i);
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
