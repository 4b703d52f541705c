package io.phalanx.placement.model;

import io.phalanx.placement.kernel.Instance;
import java.util.Arrays;
import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;

/**
 * The score of a working solution, kept up to date slot by slot, and what moves need to know to
 * propose only good ones.
 */
final class ScoreState {
  static final int NONE = -1;

  private final Instance instance;
  private final int[] minerOf;
  private final int[] slotOf;
  private final int[] uses;
  private final int[] placed;
  private long hard;
  private long medium;
  private long soft;

  ScoreState(Instance instance) {
    this.instance = instance;
    minerOf = new int[instance.slots()];
    slotOf = new int[instance.miners()];
    uses = new int[instance.miners()];
    placed = new int[instance.demands()];
    Arrays.fill(minerOf, NONE);
    Arrays.fill(slotOf, NONE);
  }

  boolean isOf(Instance other) {
    return instance == other;
  }

  /** Forgets what is placed, in time for each slot and not for each miner. */
  void clear() {
    for (int slot = 0; slot < minerOf.length; slot++) {
      if (minerOf[slot] != NONE) {
        remove(slot);
      }
    }
  }

  HardMediumSoftLongScore score() {
    return HardMediumSoftLongScore.of(hard, medium, soft);
  }

  int minerOf(int slot) {
    return minerOf[slot];
  }

  /** A slot on {@code miner}, or −1. */
  int slotOf(int miner) {
    return slotOf[miner];
  }

  int placed(int demand) {
    return placed[demand];
  }

  void add(int slot, int miner) {
    int demand = instance.demandOf(slot);
    hard -= uses[miner]++;
    hard += shortfall(demand) + overload(demand, instance.operator(miner));
    minerOf[slot] = miner;
    slotOf[miner] = slot;
    placed[demand]++;
    hard -= shortfall(demand) + overload(demand, instance.operator(miner));
    count(demand, miner, 1);
  }

  void remove(int slot) {
    int demand = instance.demandOf(slot);
    int miner = minerOf[slot];
    hard += --uses[miner];
    hard += shortfall(demand) + overload(demand, instance.operator(miner));
    minerOf[slot] = NONE;
    slotOf[miner] = uses[miner] == 0 ? NONE : anySlotOn(miner);
    placed[demand]--;
    hard -= shortfall(demand) + overload(demand, instance.operator(miner));
    count(demand, miner, -1);
  }

  /** Slots of {@code demand} on {@code operator}. */
  int onOperator(int demand, int operator) {
    int count = 0;
    int first = instance.firstSlot(demand);
    for (int s = first; s < first + instance.lacking(demand); s++) {
      if (minerOf[s] != NONE && instance.operator(minerOf[s]) == operator) {
        count++;
      }
    }
    return count;
  }

  private void count(int demand, int miner, int sign) {
    hard -= sign * (long) instance.faults(demand, miner);
    medium += sign * instance.value(demand);
    soft += sign * instance.fit(demand, miner);
  }

  private long shortfall(int demand) {
    return placed[demand] == 0 ? 0 : Math.max(0, instance.required(demand) - placed[demand]);
  }

  private long overload(int demand, int operator) {
    int room = instance.room(demand, operator);
    return room == Integer.MAX_VALUE ? 0 : Math.max(0, onOperator(demand, operator) - room);
  }

  private int anySlotOn(int miner) {
    int slot = 0;
    while (minerOf[slot] != miner) {
      slot++;
    }
    return slot;
  }
}
