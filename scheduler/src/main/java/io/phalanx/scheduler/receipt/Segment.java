package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import io.phalanx.scheduler.receipt.StoredReceipt.Owners;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of 65,536 neighbouring leaves concern whom. It grows in memory, from its first leaf on; a
 * whole one is written down once, a row for each owner, however many of the leaves are its.
 */
final class Segment {
  private static final int BITS = 16;

  /** Leaves in a whole one: as many as two bytes can tell apart. */
  static final int SIZE = 1 << BITS;

  private final Map<Field, Map<String, Offsets>> byField = new EnumMap<>(Field.class);
  private final long number;
  private int size;

  /** Takes what is known of one owner. */
  interface Sink<X extends Exception> {
    void take(Field field, String owner, byte[] offsets) throws X;
  }

  Segment(long number) {
    this.number = number;
    for (Field field : Field.values()) {
      byField.put(field, new HashMap<>());
    }
  }

  /** The segment of that leaf. */
  static long of(long leaf) {
    return leaf >>> BITS;
  }

  /** Its first leaf. */
  static long firstLeaf(long number) {
    return number << BITS;
  }

  /** The place of that leaf in its segment. */
  static int offset(long leaf) {
    return (int) (leaf & (SIZE - 1));
  }

  long number() {
    return number;
  }

  /** How many rows it is on disk. */
  int owners() {
    return byField.values().stream().mapToInt(Map::size).sum();
  }

  boolean isWhole() {
    return size == SIZE;
  }

  /** The next leaf concerns these. */
  void append(Owners owners) {
    for (Map.Entry<Field, Map<String, Offsets>> field : byField.entrySet()) {
      String owner = owners.of(field.getKey());
      field.getValue().computeIfAbsent(owner, name -> new Offsets()).add(size);
    }
    size++;
  }

  /** The offsets of leaves that concern any of these owners. */
  BitSet of(Field field, List<String> owners) {
    BitSet all = new BitSet(SIZE);
    Map<String, Offsets> known = byField.getOrDefault(field, Map.of());
    for (String owner : owners) {
      Offsets offsets = known.get(owner);
      if (offsets != null) {
        offsets.addTo(all);
      }
    }
    return all;
  }

  /** Hands all of it out, in the order in which it is kept. */
  <X extends Exception> void drainTo(Sink<X> sink) throws X {
    for (Map.Entry<Field, Map<String, Offsets>> field : byField.entrySet()) {
      for (Map.Entry<String, Offsets> owner : new TreeMap<>(field.getValue()).entrySet()) {
        sink.take(field.getKey(), owner.getKey(), owner.getValue().toBytes());
      }
    }
  }
}
