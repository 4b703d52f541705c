package io.phalanx.simulator.fleet;

import java.util.concurrent.TimeUnit;

/** One assignment on one miner: how much gas it has used so far, never more than it can have. */
final class Run {
  /** Where the miner is with it. */
  enum Phase {
    ACKNOWLEDGING,
    RUNNING,
    FINISHING
  }

  private final Offer offer;
  private final long gasPerSecond;
  private long sequence;
  private long baseGas;
  private long startedNanos;
  private long reportedGas;
  private Phase phase = Phase.ACKNOWLEDGING;
  private boolean readingUnanswered;

  /**
   * A run that has not started.
   *
   * @param gasPerSecond at most P × 1,000
   */
  Run(Offer offer, long gasPerSecond) {
    this.offer = offer;
    this.gasPerSecond = gasPerSecond;
    this.sequence = offer.lastSequence();
    this.baseGas = offer.lastGasUsed();
    this.reportedGas = offer.lastGasUsed();
  }

  Offer offer() {
    return offer;
  }

  Phase phase() {
    return phase;
  }

  boolean is(Offer other) {
    return offer.id().equals(other.id()) && offer.epoch() == other.epoch();
  }

  void start(long nowNanos) {
    startedNanos = nowNanos;
    phase = Phase.RUNNING;
  }

  /** Work stops: from now on the gas stands still. */
  void finish(long nowNanos) {
    baseGas = gas(nowNanos);
    phase = Phase.FINISHING;
  }

  long gas(long nowNanos) {
    return switch (phase) {
      case ACKNOWLEDGING, FINISHING -> baseGas;
      case RUNNING -> {
        long micros = TimeUnit.NANOSECONDS.toMicros(nowNanos - startedNanos);
        yield baseGas + micros * gasPerSecond / 1_000_000;
      }
    };
  }

  /** The next reading; with no two alike, for the sequence rises. */
  Reading read(long nowNanos, boolean last) {
    sequence++;
    readingUnanswered = true;
    return new Reading(offer.id(), offer.epoch(), sequence, gas(nowNanos), last);
  }

  /** The gas of this reading that no earlier one reported. */
  long newlyReported(Reading reading) {
    long more = reading.gasUsed() - reportedGas;
    reportedGas = reading.gasUsed();
    return more;
  }

  void answered() {
    readingUnanswered = false;
  }

  boolean isReadingUnanswered() {
    return readingUnanswered;
  }
}
