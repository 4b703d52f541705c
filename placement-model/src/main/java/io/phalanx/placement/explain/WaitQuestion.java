package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import java.util.List;

/**
 * What an estimate of a waiting time is made from.
 *
 * @param demand who waits
 * @param ahead what waits and is worth more, highest value first
 * @param isFollowed whether anyone of a lower value waits, who takes single miners that a demand
 *     for several at once cannot use yet
 * @param freed miners that fell Idle lately, one entry for each time
 * @param freedOverMs within which time
 * @param passing arrivals of late that would have been worth more, had it waited then as it does
 *     now
 * @param passingOverMs within which time
 * @param gathersInMs when miners are held for it at the soonest, if it needs several at once
 */
public record WaitQuestion(
    Demand demand,
    List<Demand> ahead,
    boolean isFollowed,
    List<Candidate> freed,
    long freedOverMs,
    List<Demand> passing,
    long passingOverMs,
    long gathersInMs) {
  public WaitQuestion {
    ahead = List.copyOf(ahead);
    freed = List.copyOf(freed);
    passing = List.copyOf(passing);
    if (freedOverMs < 1 || passingOverMs < 1 || gathersInMs < 0) {
      throw new IllegalArgumentException("times must be longer than nothing");
    }
  }
}
