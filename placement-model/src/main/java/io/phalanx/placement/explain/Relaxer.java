package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.kernel.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the smallest changes to a request that let the next round place it. Each is tried
 * before it is told; a change of two fields only where neither alone would do.
 */
final class Relaxer {
  /** Tries for one demand, each a search for augmenting paths in a queue that stands. */
  private static final int MOST_TRIES = 400;

  private final Demand demand;
  private final Pool pool;
  private final Ladders ladders;
  private final Trial trial;
  private final Set<List<Change>> found = new LinkedHashSet<>();
  private int tries;

  Relaxer(Demand demand, Pool pool, Ladders ladders, Trial trial) {
    this.demand = demand;
    this.pool = pool;
    this.ladders = ladders;
    this.trial = trial;
  }

  /** Best first: the fewest fields, then the most miners that could take it now. */
  List<Relaxation> find() {
    List<Field> stuck = new ArrayList<>();
    for (Field field : Field.values()) {
      if (!relaxAlone(field)) {
        stuck.add(field);
      }
    }
    for (int i = 0; i < stuck.size(); i++) {
      for (Field other : stuck.subList(i + 1, stuck.size())) {
        relaxBoth(stuck.get(i), other);
      }
    }
    return found.stream()
        .map(pool::relaxation)
        .sorted(
            Comparator.<Relaxation>comparingInt(r -> r.changes().size())
                .thenComparing(Comparator.comparingInt(Relaxation::idleEligibleMiners).reversed()))
        .toList();
  }

  private boolean relaxAlone(Field field) {
    List<Candidate> winnable = winnable(EnumSet.of(field));
    if (winnable.isEmpty()) {
      return false;
    }
    int before = found.size();
    for (Ladder ladder : ladders.singles(field, winnable)) {
      ladder
          .first(change -> fits(change.in(demand)))
          .ifPresent(change -> found.add(List.of(change)));
    }
    if (found.size() == before) {
      smallest(ladders.whole(field, winnable), demand)
          .ifPresent(change -> found.add(List.of(change)));
    }
    return found.size() > before;
  }

  /** From the weakest form of one field to the smallest of the other, and back; both ways round. */
  private void relaxBoth(Field one, Field other) {
    List<Candidate> winnable = winnable(EnumSet.of(one, other));
    if (!winnable.isEmpty()) {
      relaxInTurn(ladders.whole(one, winnable), ladders.whole(other, winnable));
      relaxInTurn(ladders.whole(other, winnable), ladders.whole(one, winnable));
    }
  }

  private void relaxInTurn(Ladder first, Ladder second) {
    if (first.isEmpty() || second.isEmpty()) {
      return;
    }
    Optional<Change> least = smallest(second, first.last().in(demand));
    if (least.isPresent()) {
      Optional<Change> rest = smallest(first, least.get().in(demand));
      rest.ifPresent(change -> found.add(inOrder(change, least.get())));
    }
  }

  private static List<Change> inOrder(Change one, Change other) {
    return one.field().compareTo(other.field()) < 0 ? List.of(one, other) : List.of(other, one);
  }

  private Optional<Change> smallest(Ladder ladder, Demand base) {
    return ladder.first(change -> fits(change.in(base))).map(change -> reduced(change, base));
  }

  /** Takes names back for as long as it still does. */
  private Change reduced(Change change, Demand base) {
    for (Change smaller : ladders.smaller(change)) {
      if (fits(smaller.in(base))) {
        return reduced(smaller, base);
      }
    }
    return change;
  }

  private List<Candidate> winnable(Set<Field> fields) {
    List<Candidate> winnable = pool.idleBut(fields);
    int needed = fields.contains(Field.MIN_REPLICAS) ? 1 : demand.required();
    return winnable.size() < needed ? List.of() : winnable;
  }

  private boolean fits(Demand variant) {
    return tries++ < MOST_TRIES && trial.fits(variant);
  }
}
