package io.phalanx.placement.model;

import io.phalanx.placement.kernel.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a move that starts with one slot and raises the score. An improving cycle can always be
 * started where the sums along it stay positive, so a search ends as soon as a sum is not.
 */
final class MoveFinder {
  private final Round round;
  private final Instance instance;
  private final ScoreState state;

  MoveFinder(Round round) {
    this.round = round;
    this.instance = round.instance;
    if (round.state == null) {
      throw new IllegalStateException("the moves need the incremental calculator");
    }
    this.state = round.state;
  }

  /** A move of {@code slot}, or null when none of those tried is an improvement. */
  @Nullable PlaceMove improve(Slot slot) {
    IdleMiner from = slot.miner;
    for (IdleMiner to : slot.getShortlist()) {
      PlaceMove move = from == null ? enter(slot, to) : leave(slot, from, to);
      if (move != null) {
        return move;
      }
    }
    return null;
  }

  /** A waiting slot takes a free miner, or replaces one that is worth no more and fits less. */
  private @Nullable PlaceMove enter(Slot slot, IdleMiner to) {
    int demand = demand(slot);
    if (state.placed(demand) + 1 < instance.required(demand) || !hasRoom(demand, to, null)) {
      return null;
    }
    Slot holder = holder(to);
    if (holder == null) {
      return new PlaceMove(List.of(new Placing(slot, to)));
    }
    int other = demand(holder);
    boolean isSpare =
        state.placed(other) > instance.required(other) || instance.required(other) == 1;
    long value = instance.value(demand) - instance.value(other);
    boolean isBetter = value > 0 || (value == 0 && fit(demand, to) > fit(other, to));
    return other != demand && isSpare && isBetter
        ? new PlaceMove(List.of(new Placing(slot, to), new Placing(holder, null)))
        : null;
  }

  /** A placed slot goes to a miner that it fits better; who is there goes elsewhere. */
  private @Nullable PlaceMove leave(Slot slot, IdleMiner from, IdleMiner to) {
    int demand = demand(slot);
    long gain = fit(demand, to) - fit(demand, from);
    if (gain <= 0 || !hasRoom(demand, to, from)) {
      return null;
    }
    Slot holder = holder(to);
    if (holder == null) {
      return new PlaceMove(List.of(new Placing(slot, to))); // relocate
    }
    int other = demand(holder);
    if (other == demand) {
      return null;
    }
    if (mayTake(other, from, to) && gain + fit(other, from) > fit(other, to)) {
      return new PlaceMove(List.of(new Placing(slot, to), new Placing(holder, from))); // swap
    }
    for (IdleMiner next : holder.getShortlist()) {
      long sum = gain + fit(other, next) - fit(other, to);
      if (sum > 0 && next.index() != from.index() && hasRoom(other, next, to)) {
        PlaceMove move = chain(slot, to, next, sum);
        if (move != null) {
          return move;
        }
      }
    }
    return null;
  }

  /**
   * {@code slot} takes {@code to}, whose holder takes {@code next}; its holder, if any, takes what
   * the slot leaves.
   */
  private @Nullable PlaceMove chain(Slot slot, IdleMiner to, IdleMiner next, long sum) {
    Slot second = known(holder(to));
    Slot third = holder(next);
    if (third == null) {
      return new PlaceMove(List.of(new Placing(slot, to), new Placing(second, next))); // eject
    }
    IdleMiner from = slot.miner;
    int last = demand(third);
    if (from == null || last == demand(slot) || last == demand(second)) {
      return null;
    }
    boolean isBetter = sum + fit(last, from) > fit(last, next) && mayTake(last, from, next);
    return isBetter
        ? new PlaceMove(
            List.of(new Placing(slot, to), new Placing(second, next), new Placing(third, from)))
        : null; // 3-cycle
  }

  private boolean mayTake(int demand, IdleMiner to, IdleMiner from) {
    return instance.suits(demand, to.index()) && hasRoom(demand, to, from);
  }

  /**
   * Whether the cap leaves {@code demand} room on the operator of {@code to} once it has left
   * {@code from}.
   */
  private boolean hasRoom(int demand, IdleMiner to, @Nullable IdleMiner from) {
    int operator = instance.operator(to.index());
    int room = instance.room(demand, operator);
    return room == Integer.MAX_VALUE
        || (from != null && instance.operator(from.index()) == operator)
        || state.onOperator(demand, operator) < room;
  }

  private @Nullable Slot holder(IdleMiner miner) {
    int slot = state.slotOf(miner.index());
    return slot == ScoreState.NONE ? null : round.slots.get(slot);
  }

  private long fit(int demand, IdleMiner miner) {
    return instance.fit(demand, miner.index());
  }

  private static int demand(Slot slot) {
    return slot.need().index();
  }

  private static Slot known(@Nullable Slot slot) {
    if (slot == null) {
      throw new IllegalStateException("nobody is there");
    }
    return slot;
  }
}
