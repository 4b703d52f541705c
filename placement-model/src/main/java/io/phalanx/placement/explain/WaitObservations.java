package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Objective;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which miners fell Idle lately and what was asked for meanwhile: as much as a node has seen since
 * its start, half an hour and some thousands at most. What is estimated from it is no promise.
 */
public final class WaitObservations {
  private static final long LONGEST_MS = Duration.ofMinutes(30).toMillis();
  private static final int MOST_FREED = 4096;
  private static final int MOST_ARRIVED = 1024;
  private static final int MOST_AHEAD = 4096;

  /** A rate seen for less is not told. */
  private static final long SHORTEST_MS = 1000;

  private final Deque<Freed> freed = new ArrayDeque<>();
  private final Deque<Arrived> arrived = new ArrayDeque<>();
  private long startedAtMs;

  private record Freed(long atMs, String minerId) {}

  private record Arrived(long atMs, Demand demand) {}

  /** A copy to think about. */
  private record Seen(
      List<Freed> freed, long freedOverMs, List<Arrived> arrived, long arrivedOverMs) {}

  /** Nothing was seen before that time, Unix milliseconds. */
  public WaitObservations(long startedAtMs) {
    this.startedAtMs = startedAtMs;
  }

  /** A miner fell Idle after it had a contract. */
  public synchronized void freed(String minerId, long atMs) {
    keep(freed, new Freed(atMs, minerId), MOST_FREED);
  }

  /** Something was asked for. */
  public synchronized void arrived(Demand demand, long atMs) {
    keep(arrived, new Arrived(atMs, demand), MOST_ARRIVED);
  }

  private static <T> void keep(Deque<T> newest, T item, int most) {
    newest.addLast(item);
    if (newest.size() > most) {
      newest.removeFirst();
    }
  }

  private synchronized Seen seen(long nowMs) {
    freed.removeIf(one -> one.atMs() < nowMs - LONGEST_MS);
    arrived.removeIf(one -> one.atMs() < nowMs - LONGEST_MS);
    startedAtMs = Math.max(startedAtMs, nowMs - LONGEST_MS);
    long freedSince = freed.size() < MOST_FREED ? startedAtMs : freed.getFirst().atMs();
    long arrivedSince = arrived.size() < MOST_ARRIVED ? startedAtMs : arrived.getFirst().atMs();
    return new Seen(
        List.copyOf(freed),
        Math.max(1, nowMs - freedSince),
        List.copyOf(arrived),
        Math.max(1, nowMs - arrivedSince));
  }

  /**
   * How long a demand of that network may wait; empty when it cannot be said.
   *
   * @param gathersInMs when miners are held for it at the soonest, if it needs several at once
   */
  public Optional<WaitEstimate> estimate(
      Demand demand, NetworkView network, long gathersInMs, long nowMs) {
    Seen seen = seen(nowMs);
    if (seen.freedOverMs() < SHORTEST_MS) {
      return Optional.empty();
    }
    long reference = network.market().referencePrice();
    long value = network.objective().value(demand, reference);
    List<Demand> ahead = new ArrayList<>();
    boolean isFollowed = false;
    for (Demand other : network.queue()) {
      if (!other.deploymentId().equals(demand.deploymentId())) {
        boolean isAhead = network.objective().value(other, reference) >= value;
        isFollowed |= !isAhead;
        if (isAhead) {
          ahead.add(other);
        }
      }
    }
    ahead.sort(
        Comparator.<Demand>comparingLong(other -> network.objective().value(other, reference))
            .reversed());
    return WaitEstimator.of(
        new WaitQuestion(
            demand,
            ahead.subList(0, Math.min(ahead.size(), MOST_AHEAD)),
            isFollowed,
            freed(seen, network),
            seen.freedOverMs(),
            passing(seen, value, network.objective(), reference),
            seen.arrivedOverMs(),
            gathersInMs));
  }

  private static List<Candidate> freed(Seen seen, NetworkView network) {
    Set<String> wanted = new HashSet<>();
    seen.freed().forEach(one -> wanted.add(one.minerId()));
    Map<String, Candidate> known = new HashMap<>();
    for (RegisteredMiner miner : network.miners()) {
      boolean left =
          miner.blockers().contains(Constraint.STOPPED)
              || miner.blockers().contains(Constraint.COOLING_DOWN);
      if (!left && wanted.contains(miner.candidate().minerId())) {
        known.put(miner.candidate().minerId(), miner.candidate());
      }
    }
    List<Candidate> freed = new ArrayList<>();
    for (Freed one : seen.freed()) {
      Candidate miner = known.get(one.minerId());
      if (miner != null) {
        freed.add(miner);
      }
    }
    return freed;
  }

  /** Those that would be worth more the moment they come than it is by then. */
  private static List<Demand> passing(
      Seen seen, long value, Objective objective, long referencePrice) {
    List<Demand> passing = new ArrayList<>();
    for (Arrived one : seen.arrived()) {
      if (objective.value(one.demand(), referencePrice) > value) {
        passing.add(one.demand());
      }
    }
    return passing;
  }
}
