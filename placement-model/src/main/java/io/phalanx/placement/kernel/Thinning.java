package io.phalanx.placement.kernel;

import io.phalanx.placement.Demand;
import java.util.Arrays;
import java.util.List;

/**
 * Leaves out what no best plan needs, so that a round costs what can be placed and not what waits.
 *
 * <p>Two rules, both exact. A demand with fewer suitable miners than it requires is in no plan. Of
 * single slots of one kind (they accept the same miners, rank them in the same way, and no cap
 * binds them) at most as many are placed as there are miners that suit them; wherever a plan has
 * one of less value and not one of more, they can change places, which loses neither value nor fit.
 * So some best plan has only the most valuable ones, as many as there are such miners; among equal
 * values those that come first.
 */
final class Thinning {
  private static final int INDEX_BITS = 21;
  private static final long LARGEST_VALUE = Long.MAX_VALUE >> INDEX_BITS;

  private final List<Demand> demands;
  private final Rules rules;
  private final int[] kindOf;
  private final int kinds;
  private final long[] value;

  /** How many miners suit a demand, of which the caller wants to know up to so many. */
  interface Rules {
    int suitable(int demand, int atMost);
  }

  Thinning(List<Demand> demands, Kinds kinds, long[] value, Rules rules) {
    this.demands = demands;
    this.kindOf = kinds.kindOf;
    this.kinds = kinds.kinds;
    this.value = value;
    this.rules = rules;
  }

  /** The demands that stay, by rising number. */
  int[] kept() {

    int[] singles = new int[kinds];
    int[] wanted = new int[kinds];
    int[] example = new int[kinds];
    for (int d = 0; d < kindOf.length; d++) {
      int kind = kindOf[d];
      example[kind] = d;
      singles[kind] += isSingle(d) ? 1 : 0;
      wanted[kind] = Math.max(wanted[kind], demands.get(d).required());
    }
    int[] suitable = new int[kinds];
    Arrays.setAll(suitable, k -> rules.suitable(example[k], Math.max(singles[k], wanted[k])));
    boolean[] out = new boolean[kindOf.length];
    for (int d = 0; d < out.length; d++) {
      out[d] = demands.get(d).required() > suitable[kindOf[d]];
    }
    for (int kind = 0; kind < kinds; kind++) {
      if (singles[kind] > suitable[kind] && suitable[kind] > 0) {
        leaveOut(kind, singles[kind], suitable[kind], out);
      }
    }
    int[] kept = new int[out.length];
    int count = 0;
    for (int d = 0; d < out.length; d++) {
      if (!out[d]) {
        kept[count++] = d;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** All but the {@code most} best singles of a kind. */
  private void leaveOut(int kind, int singles, int most, boolean[] out) {
    if (kindOf.length > 1 << INDEX_BITS) {
      return; // more than two million demands: the round is long anyway
    }
    long[] keys = new long[singles];
    int count = 0;
    for (int d = 0; d < kindOf.length; d++) {
      if (kindOf[d] == kind && isSingle(d)) {
        long rank = LARGEST_VALUE - Math.min(LARGEST_VALUE, value[d]);
        keys[count++] = rank << INDEX_BITS | d;
      }
    }
    Arrays.sort(keys);
    for (int i = most; i < count; i++) {
      out[(int) (keys[i] & ((1 << INDEX_BITS) - 1))] = true;
    }
  }

  private boolean isSingle(int d) {
    Demand demand = demands.get(d);
    return demand.lacking() == 1
        && (demand.maxPerOperator() == 0 || demand.liveByOperator().isEmpty());
  }
}
