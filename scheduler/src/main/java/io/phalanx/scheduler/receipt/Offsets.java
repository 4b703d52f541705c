package io.phalanx.scheduler.receipt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Rising places in a segment, two bytes each. */
final class Offsets {
  private static final int FIRST_ROOM = 4;

  private char[] offsets = new char[FIRST_ROOM];
  private int count;

  void add(int offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    offsets[count++] = (char) offset;
  }

  void addTo(BitSet set) {
    for (int i = 0; i < count; i++) {
      set.set(offsets[i]);
    }
  }

  /** Big-endian. */
  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(count * Character.BYTES);
    buffer.asCharBuffer().put(offsets, 0, count);
    return buffer.array();
  }

  /** Adds what {@link #toBytes} made. */
  static void addTo(BitSet set, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      set.set(buffer.getChar());
    }
  }
}
