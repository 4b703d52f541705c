package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Every registered miner held against one demand, once: the rules on the pair are most of what an
 * explanation costs in a large network.
 */
final class Survey {
  private static final List<Constraint> ALL = List.of(Constraint.values());
  private static final int OF_THE_PAIR = bits(Constraint::isOfThePair);
  private static final int OF_THE_MINER = bits(Constraint::isBlocker);

  private final List<RegisteredMiner> miners;
  private final int[] failed;

  Survey(Demand demand, List<RegisteredMiner> miners) {
    this.miners = miners;
    this.failed = new int[miners.size()];
    for (int i = 0; i < failed.length; i++) {
      failed[i] = failedBy(demand, miners.get(i));
    }
  }

  private static int failedBy(Demand demand, RegisteredMiner miner) {
    int mask = 0;
    for (int i = 0; i < ALL.size(); i++) {
      mask |= Eligibility.fails(ALL.get(i), demand, miner.candidate()) ? 1 << i : 0;
    }
    for (Constraint blocker : miner.blockers()) {
      mask |= bit(blocker);
    }
    return mask;
  }

  private static int bit(Constraint constraint) {
    return 1 << ALL.indexOf(constraint);
  }

  private static int bits(Predicate<Constraint> which) {
    return ALL.stream().filter(which).mapToInt(Survey::bit).reduce(0, (a, b) -> a | b);
  }

  /** How many miners fail each constraint that any fails, in the order of the enum. */
  Map<Constraint, Integer> count() {
    int[] counts = new int[ALL.size()];
    for (int mask : failed) {
      for (int rest = mask; rest != 0; rest &= rest - 1) {
        counts[Integer.numberOfTrailingZeros(rest)]++;
      }
    }
    Map<Constraint, Integer> found = new EnumMap<>(Constraint.class);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        found.put(ALL.get(i), counts[i]);
      }
    }
    return found;
  }

  /** Those that suit the demand, whatever they do now and whoever they are held for. */
  List<Candidate> eligible() {
    return without(OF_THE_PAIR);
  }

  /** Those of them that could take a slot now. */
  List<Candidate> idle() {
    return without(-1);
  }

  private List<Candidate> without(int faults) {
    List<Candidate> found = new ArrayList<>();
    for (int i = 0; i < failed.length; i++) {
      if ((failed[i] & faults) == 0) {
        found.add(miners.get(i).released());
      }
    }
    return found;
  }

  /** Whether that miner could take something now, and is not held for another. */
  boolean isFree(int miner) {
    return (failed[miner] & OF_THE_MINER) == 0;
  }

  /** Whether that miner fails the constraint. */
  boolean fails(int miner, Constraint constraint) {
    return (failed[miner] & bit(constraint)) != 0;
  }
}
