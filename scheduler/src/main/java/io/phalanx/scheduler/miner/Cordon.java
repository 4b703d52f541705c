package io.phalanx.scheduler.miner;

import org.jspecify.annotations.Nullable;

/**
 * No new work for a miner.
 *
 * @param by who asked: a name, or {@link #SYSTEM}
 * @param reason their words
 * @param untilMs when it ends by itself, Unix milliseconds; none: until it is lifted
 * @param drainByMs by when the contract on the miner ends, Unix milliseconds; none: it may go on
 */
public record Cordon(String by, String reason, @Nullable Long untilMs, @Nullable Long drainByMs) {

  /** The name under which the service itself cordons. */
  public static final String SYSTEM = "phalanx";

  Cordon drainingLonger(long moreMs) {
    return new Cordon(by, reason, untilMs, drainByMs == null ? null : drainByMs + moreMs);
  }
}
