package io.phalanx.placement.kernel;

import java.util.Arrays;

/** Which slot is on which miner, one to one, with the free miners of every ranking kept at hand. */
public final class Board {
  static final int NONE = -1;

  final Instance instance;
  final int[] minerOf;
  final int[] slotOf;
  final int[] placed;

  /** By ranking of {@link Instance#rankings}: the ranks of the miners without a slot. */
  final long[][] free;

  private long freed = 1;

  Board(Instance instance) {
    this.instance = instance;
    minerOf = new int[instance.slots];
    slotOf = new int[instance.fleet.size];
    placed = new int[instance.demands];
    Arrays.fill(minerOf, NONE);
    Arrays.fill(slotOf, NONE);
    free = new long[instance.rankings.size()][];
    Arrays.setAll(free, i -> Bits.all(instance.fleet.size));
  }

  /** The miner that has {@code slot}, or −1. */
  public int minerOf(int slot) {
    return minerOf[slot];
  }

  int holderOf(int miner) {
    return instance.demandOf[slotOf[miner]];
  }

  void put(int slot, int miner) {
    minerOf[slot] = miner;
    slotOf[miner] = slot;
    placed[instance.demandOf[slot]]++;
    instance.takeOut(free, miner);
  }

  void drop(int slot) {
    int miner = minerOf[slot];
    minerOf[slot] = NONE;
    slotOf[miner] = NONE;
    placed[instance.demandOf[slot]]--;
    freed++;
    instance.putIn(free, miner);
  }

  /** Changes whenever a miner has become free: until then the free ones only get fewer. */
  long freed() {
    return freed;
  }

  /** Every miner that became free since {@link #freed} said so is taken again. */
  void takeBackFreed(long then) {
    freed = then;
  }

  /** Drops every slot of {@code demand}. */
  void dropAll(int demand) {
    for (int s = instance.firstSlot[demand]; s < instance.firstSlot[demand + 1]; s++) {
      if (minerOf[s] != NONE) {
        drop(s);
      }
    }
  }

  /** A slot of {@code demand} that is not placed; there must be one. */
  int openSlot(int demand) {
    int slot = instance.firstSlot[demand];
    while (minerOf[slot] != NONE) {
      slot++;
    }
    return slot;
  }

  long value() {
    long sum = 0;
    for (int d = 0; d < instance.demands; d++) {
      sum += instance.value[d] * placed[d];
    }
    return sum;
  }

  long fit() {
    long sum = 0;
    for (int s = 0; s < minerOf.length; s++) {
      if (minerOf[s] != NONE) {
        sum += instance.fit(instance.demandOf[s], minerOf[s]);
      }
    }
    return sum;
  }

  /** Makes the board as it was when {@code snapshot} was cloned from {@link #minerOf}. */
  void restore(int[] snapshot) {
    for (int s = 0; s < minerOf.length; s++) {
      if (minerOf[s] != snapshot[s] && minerOf[s] != NONE) {
        drop(s);
      }
    }
    for (int s = 0; s < minerOf.length; s++) {
      if (minerOf[s] != snapshot[s]) {
        put(s, snapshot[s]);
      }
    }
  }
}
