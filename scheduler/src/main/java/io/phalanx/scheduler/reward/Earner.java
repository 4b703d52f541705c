package io.phalanx.scheduler.reward;

import io.phalanx.scheduler.id.MinerId;
import java.time.Duration;

/**
 * A miner that has been started and not stopped since, with its value as of an instant.
 *
 * @param minerId the miner
 * @param operator its operator
 * @param tier its tier, 1 to 5
 * @param performance its score P
 * @param initialPerformance the score it started with
 * @param value V and what it gained
 * @param times what it did up to when
 */
public record Earner(
    MinerId minerId,
    String operator,
    int tier,
    int performance,
    int initialPerformance,
    Value value,
    Times times) {

  /**
   * How long a miner did what.
   *
   * @param phase what it does now
   * @param atMs the instant up to which all is counted, Unix milliseconds
   * @param restMs computing time that is not yet a whole step
   * @param periodMs first instant of the period that the next two are counted in
   * @param activeMs time in {@link Phase#ACTIVE} within the period
   * @param idleMs time in {@link Phase#IDLE} within the period
   */
  public record Times(
      Phase phase, long atMs, long restMs, long periodMs, long activeMs, long idleMs) {

    /** Nothing counted yet. */
    static Times from(long atMs) {
      return new Times(Phase.IDLE, atMs, 0, atMs, 0, 0);
    }

    /** As of a later instant, with the time since counted in the period that began then. */
    Times upTo(long untilMs, long newPeriodMs, long newRestMs) {
      long fromMs = Math.min(Math.max(atMs, newPeriodMs), untilMs);
      boolean isSamePeriod = newPeriodMs <= periodMs;
      long active = isSamePeriod ? activeMs : 0;
      long idle = isSamePeriod ? idleMs : 0;
      long lasted = untilMs - fromMs;
      return new Times(
          phase,
          untilMs,
          newRestMs,
          Math.max(newPeriodMs, periodMs),
          active + (phase == Phase.ACTIVE ? lasted : 0),
          idle + (phase == Phase.IDLE ? lasted : 0));
    }

    Times in(Phase next) {
      return new Times(next, atMs, restMs, periodMs, activeMs, idleMs);
    }
  }

  /**
   * As of a later instant; an earlier one changes nothing.
   *
   * @param periodMs first instant of the period that the instant is in
   */
  Earner upTo(long atMs, long periodMs, RewardRules rules) {
    if (atMs < times.atMs()) {
      return this;
    }
    long stepMs = rules.step().toMillis();
    long spentMs = times.restMs() + atMs - times.atMs();
    long steps = spentMs / stepMs;
    Value next =
        times.phase() == Phase.SILENT
            ? value.silent(rules, steps)
            : value.grown(rules, pace(), steps);
    return with(next, times.upTo(atMs, periodMs, spentMs % stepMs));
  }

  Earner in(Phase phase) {
    return with(value, times.in(phase));
  }

  Earner with(Value next, Times nextTimes) {
    return new Earner(minerId, operator, tier, performance, initialPerformance, next, nextTimes);
  }

  Earner withTier(int next) {
    return new Earner(minerId, operator, next, performance, initialPerformance, value, times);
  }

  Earner withPerformance(int next) {
    return new Earner(minerId, operator, tier, next, initialPerformance, value, times);
  }

  /** What the payout layer is told of it. */
  PayoutInput input(RewardRules rules) {
    boolean counts = times.phase() != Phase.SILENT;
    return new PayoutInput(
        minerId,
        operator,
        tier,
        performance,
        Duration.ofMillis(times.activeMs()).toSeconds(),
        Duration.ofMillis(times.idleMs()).toSeconds(),
        value.value(),
        counts ? rules.share(value.value(), Fixed.of(performance), tier) : Fixed.ZERO);
  }

  private Pace pace() {
    return performance == initialPerformance
        ? Pace.steady(performance)
        : Pace.of(Fixed.of(performance), Fixed.of(initialPerformance));
  }
}
