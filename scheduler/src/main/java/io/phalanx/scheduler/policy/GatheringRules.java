package io.phalanx.scheduler.policy;

import java.time.Duration;

/**
 * How miners that fall Idle are held for a deployment that needs several at once, so that it is not
 * passed by single replicas for ever.
 *
 * @param after how long it must have waited
 * @param hold how long miners are held for it at a stretch
 * @param rest how long it is left alone after that
 * @param percent how many of the miners that are not Stopped may be held in all; 0: none
 */
public record GatheringRules(Duration after, Duration hold, Duration rest, int percent) {

  /** The figures of a new network. */
  public static final GatheringRules DEFAULT =
      new GatheringRules(
          Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(30), 10);
}
