package io.phalanx.scheduler.policy;

import java.time.Duration;

/**
 * What a miner must bring and how it is watched.
 *
 * @param minimumPerformance the lowest score P that may start: 50 (P)
 * @param stakeFactor k of the stake guard, stake ≥ k·√P PHA: 50 (P)
 * @param highestValuePha V_max of the value guard, V_e ≤ V_max: 30,000 PHA (P)
 * @param coolDown from stop to Stopped: 604,800 s (P)
 * @param heartbeatWindow silent for longer: unresponsive
 * @param silenceGrace unresponsive for longer while Active: the assignment ends
 * @param nextHeartbeatIn when a miner is asked to come again
 * @param driftPercent highest score, in percent of the initial one: 120 (P)
 * @param massSilencePercent more than so many percent of the Active miners silent within one
 *     window: no assignment is ended for it
 * @param massSilenceMinimum and at least so many miners
 * @param massSilencePause how long assignments are then spared
 * @param strikesToCordon acknowledgement time-outs in a row that cordon a miner
 * @param strikeCordon for how long, doubling each time
 */
public record MinerRules(
    int minimumPerformance,
    int stakeFactor,
    long highestValuePha,
    Duration coolDown,
    Duration heartbeatWindow,
    Duration silenceGrace,
    Duration nextHeartbeatIn,
    int driftPercent,
    int massSilencePercent,
    int massSilenceMinimum,
    Duration massSilencePause,
    int strikesToCordon,
    Duration strikeCordon) {

  /** The figures of a new network. */
  public static final MinerRules DEFAULT =
      new MinerRules(
          50,
          50,
          30_000,
          Duration.ofSeconds(604_800),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          120,
          20,
          10,
          Duration.ofMinutes(15),
          3,
          Duration.ofMinutes(10));
}
