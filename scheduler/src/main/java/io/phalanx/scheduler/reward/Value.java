package io.phalanx.scheduler.reward;

/**
 * What a miner is worth, in PHA, and how much of that it has gained since it was last paid (Phala's
 * {@code gk.rs}). The gain is kept apart from the value: at V_max the value stands, but what it
 * would have gained is still paid for.
 *
 * @param value V
 * @param gained growth since the last payout
 */
public record Value(Fixed value, Fixed gained) {

  /** At the start, before any growth. */
  public static Value start(Fixed initial) {
    return new Value(initial, Fixed.ZERO);
  }

  /**
   * After so many steps of computing.
   *
   * @param steps 0 or more
   */
  public Value grown(RewardRules rules, Pace pace, long steps) {
    Fixed rate = rules.growth().minus(Fixed.ONE);
    Fixed running = rules.costFactor().times(pace.benchmark());
    Fixed now = value;
    Fixed gain = gained;
    for (long step = 0; step < steps; step++) {
      Fixed more = pace.ratio().times(rate.times(now).plus(running).plus(rules.cost()));
      Fixed next = now.plus(more).min(rules.highestValue());
      gain = gain.plus(more);
      if (next.equals(now)) {
        long left = steps - step - 1; // every further step is the same
        return new Value(now, gain.plus(more.times(Fixed.of(left))));
      }
      now = next;
    }
    return new Value(now, gain);
  }

  /** After so many steps without a sign of life: nothing is gained, and nothing is owed. */
  public Value silent(RewardRules rules, long steps) {
    Fixed now = value;
    for (long step = 0; step < steps && !rules.slash().equals(Fixed.ZERO); step++) {
      now = now.minus(now.times(rules.slash()));
    }
    return new Value(now, gained);
  }

  /** After a payout: V falls by it, at most by what was gained since the payout before. */
  public Value paid(Fixed amount) {
    return new Value(value.minus(amount.min(gained).min(value)), Fixed.ZERO);
  }
}
