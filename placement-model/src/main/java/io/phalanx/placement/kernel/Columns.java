package io.phalanx.placement.kernel;

import io.phalanx.placement.Candidate;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Miners as columns, by rising order. They never change: a merge makes new ones, and copies what
 * lies between two changes as a whole.
 */
final class Columns {
  static final int TIER = 0;
  static final int PERFORMANCE = 1;
  static final int OPERATOR = 2;
  static final int REGION = 3;

  /** The points of the terms that neither time nor what runs where changes. */
  static final int ECONOMY = 4;

  static final int SPEED = 5;
  static final int SECURITY = 6;
  static final int FRUGALITY = 7;

  /** The number of the deployment that it is held for, or {@link #NOBODY}. */
  static final int HOLDER = 8;

  static final int NOBODY = -1;

  private static final int INTS = 9;
  private static final long MS_PER_SECOND = 1000;

  final long[] order;
  final Candidate[] miner;
  final long[] idleSinceMs;
  final long[] ask;
  final int[][] ints;

  private Columns(int size) {
    order = new long[size];
    miner = new Candidate[size];
    idleSinceMs = new long[size];
    ask = new long[size];
    ints = new int[INTS][size];
  }

  static Columns none() {
    return new Columns(0);
  }

  /** Miners in the order 0, 1, 2 and so on. */
  static Columns of(int size, IntFunction<Entry> entries) {
    Columns columns = new Columns(size);
    for (int i = 0; i < size; i++) {
      columns.set(i, i, entries.apply(i));
    }
    return columns;
  }

  /** A miner, with its figures in the order of the constants. */
  static final class Entry {
    private final Candidate miner;
    private final long idleSinceMs;
    private final int[] figures;

    Entry(Candidate miner, long idleSinceMs, int[] figures) {
      this.miner = miner;
      this.idleSinceMs = idleSinceMs;
      this.figures = figures;
    }
  }

  int size() {
    return order.length;
  }

  /** Where the miner of that order is, or a negative number. */
  int find(long wanted) {
    return Arrays.binarySearch(order, wanted);
  }

  /**
   * These with some put in, replaced or taken out.
   *
   * @param changes by order; null = not there any more
   */
  Columns merged(NavigableMap<Long, @Nullable Entry> changes) {
    Columns next = new Columns(sizeAfter(changes));
    int from = 0;
    int to = 0;
    for (Map.Entry<Long, @Nullable Entry> change : changes.entrySet()) {
      int found = find(change.getKey());
      int upTo = found >= 0 ? found : -found - 1;
      next.copy(this, from, to, upTo - from);
      to += upTo - from;
      from = found >= 0 ? upTo + 1 : upTo;
      Entry entry = change.getValue();
      if (entry != null) {
        next.set(to++, change.getKey(), entry);
      }
    }
    next.copy(this, from, to, size() - from);
    return next;
  }

  /** The miner there as a record, idle for as long as it is by then. */
  Candidate at(int i, long atMs) {
    return at(miner[i], idleSinceMs[i], atMs);
  }

  static Candidate at(Candidate known, long sinceMs, long atMs) {
    long idleSeconds = idleSeconds(sinceMs, atMs);
    return known.idleSeconds() >= idleSeconds
        ? known
        : new Candidate(
            known.minerId(),
            known.tier(),
            known.performance(),
            known.operator(),
            known.region(),
            known.ask(),
            idleSeconds,
            known.reservedFor());
  }

  static long idleSeconds(long sinceMs, long atMs) {
    return Math.max(0, atMs - sinceMs) / MS_PER_SECOND;
  }

  private int sizeAfter(NavigableMap<Long, @Nullable Entry> changes) {
    int size = size();
    for (Map.Entry<Long, @Nullable Entry> change : changes.entrySet()) {
      size += (change.getValue() == null ? 0 : 1) - (find(change.getKey()) >= 0 ? 1 : 0);
    }
    return size;
  }

  private void copy(Columns source, int from, int to, int count) {
    System.arraycopy(source.order, from, order, to, count);
    System.arraycopy(source.miner, from, miner, to, count);
    System.arraycopy(source.idleSinceMs, from, idleSinceMs, to, count);
    System.arraycopy(source.ask, from, ask, to, count);
    for (int c = 0; c < INTS; c++) {
      System.arraycopy(source.ints[c], from, ints[c], to, count);
    }
  }

  private void set(int at, long newOrder, Entry entry) {
    order[at] = newOrder;
    miner[at] = entry.miner;
    idleSinceMs[at] = entry.idleSinceMs;
    ask[at] = entry.miner.ask();
    for (int c = 0; c < INTS; c++) {
      ints[c][at] = entry.figures[c];
    }
  }
}
