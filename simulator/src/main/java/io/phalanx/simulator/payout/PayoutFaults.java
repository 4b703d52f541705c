package io.phalanx.simulator.payout;

/**
 * How often the endpoint misbehaves; which calls is drawn from the seed.
 *
 * @param refuses share of calls answered 503, nothing done
 * @param forgetsToAnswer share of calls applied and then answered 500, so that they come again
 * @param resets share of calls applied and then cut off
 * @param delays share of calls answered only after the delay
 */
public record PayoutFaults(
    long seed, double refuses, double forgetsToAnswer, double resets, double delays, long delayMs) {
  public static final PayoutFaults NONE = new PayoutFaults(0, 0, 0, 0, 0, 0);

  /** One call in five goes wrong in some way. */
  public static PayoutFaults some(long seed) {
    return new PayoutFaults(seed, 0.05, 0.05, 0.05, 0.05, 500);
  }

  public PayoutFaults {
    double sum = refuses + forgetsToAnswer + resets + delays;
    boolean negative = refuses < 0 || forgetsToAnswer < 0 || resets < 0 || delays < 0;
    if (negative || sum > 1 || delayMs < 0) {
      throw new IllegalArgumentException("shares are not negative and at most 1 in all");
    }
  }
}
