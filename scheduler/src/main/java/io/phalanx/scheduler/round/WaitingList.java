package io.phalanx.scheduler.round;

import io.phalanx.placement.Demand;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.quote.Quote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The deployments and quotes that lack miners, by the position of their creation. */
final class WaitingList {
  private static final long NEVER = Long.MAX_VALUE;

  private final NavigableMap<Long, Waiting> byPosition = new TreeMap<>();

  /** When the next exclusion of a deployment ends. */
  private final TreeSet<Pardon> pardons = new TreeSet<>();

  private final Set<Long> quotes = new HashSet<>();
  private final Function<AssignmentId, Placement> placements;
  private long version;

  /** A deployment, or a quote, with its demand as of no wait. */
  private record Waiting(
      @Nullable Deployment deployment, Demand demand, long sinceMs, long pardonMs) {}

  private record Pardon(long atMs, long position) implements Comparable<Pardon> {
    @Override
    public int compareTo(Pardon other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : Long.compare(position, other.position);
    }
  }

  /**
   * @param placements where a live assignment is
   */
  WaitingList(Function<AssignmentId, Placement> placements) {
    this.placements = placements;
  }

  int size() {
    return byPosition.size();
  }

  /** Changes with every change of who waits for what. */
  long version() {
    return version;
  }

  /** A deployment as it is now; one that lacks nothing leaves. */
  void put(Deployment deployment, long atMs) {
    long position = deployment.createdPosition();
    Waiting before = byPosition.get(position);
    if (before != null) {
      pardons.remove(new Pardon(before.pardonMs(), position));
    }
    if (deployment.lacking() == 0) {
      if (before != null) {
        byPosition.remove(position);
        version++;
      }
      return;
    }
    Demand demand = PlacementFacts.demand(deployment, placements, atMs).waited(0);
    long sinceMs = deployment.waitingSinceMs();
    long pardonMs =
        deployment.exclusions().values().stream()
            .filter(untilMs -> untilMs > atMs)
            .min(Long::compare)
            .orElse(NEVER);
    byPosition.put(position, new Waiting(deployment, demand, sinceMs, pardonMs));
    if (pardonMs != NEVER) {
      pardons.add(new Pardon(pardonMs, position));
    }
    if (before == null || !before.demand().equals(demand) || before.sinceMs() != sinceMs) {
      version++;
    }
  }

  /** A quote as it is now; one that lacks nothing leaves. */
  void put(Quote quote) {
    long position = quote.requestedPosition();
    if (quote.state().competes()) {
      Demand demand = QuoteFacts.demand(quote, 0).waited(0);
      byPosition.put(position, new Waiting(null, demand, quote.requestedAtMs(), NEVER));
      quotes.add(position);
      version++;
    } else if (quotes.remove(position)) {
      byPosition.remove(position);
      version++;
    }
  }

  /** Whether a quote is to be decided by the next round. */
  boolean hasQuotes() {
    return !quotes.isEmpty();
  }

  /** Takes back the exclusions that have ended. */
  void settle(long atMs) {
    while (!pardons.isEmpty() && pardons.first().atMs() <= atMs) {
      Waiting waiting = byPosition.get(pardons.first().position());
      if (waiting == null || waiting.deployment() == null) {
        throw new IllegalStateException("a pardon for nobody");
      }
      put(waiting.deployment(), atMs);
    }
  }

  List<Demand> demands(long atMs) {
    List<Demand> demands = new ArrayList<>(byPosition.size());
    for (Waiting waiting : byPosition.values()) {
      demands.add(waiting.demand().waited(Math.max(0, atMs - waiting.sinceMs()) / 1000));
    }
    return demands;
  }
}
