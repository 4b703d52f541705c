package io.phalanx.api.recorded;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A placement problem in JSON; prices are decimal strings, lists without an order are sorted.
 *
 * @param miners who was free, in the order that breaks ties
 * @param deployments what waited
 * @param market what prices and concentration are measured against
 * @param objective weights and constants of the score
 */
record ProblemFile(
    List<MinerFile> miners,
    List<DemandFile> deployments,
    MarketFile market,
    ObjectiveFile objective) {

  ProblemFile {
    miners = List.copyOf(miners);
    deployments = List.copyOf(deployments);
  }

  /** A miner that was free. */
  record MinerFile(
      String minerId,
      int tier,
      int performance,
      String operator,
      String region,
      String gasPrice,
      long idleSeconds,
      @JsonSetter(nulls = Nulls.SET) @Nullable String reservedFor) {

    static MinerFile of(Candidate miner) {
      return new MinerFile(
          miner.minerId(),
          miner.tier(),
          miner.performance(),
          miner.operator(),
          miner.region(),
          Long.toString(miner.ask()),
          miner.idleSeconds(),
          miner.reservedFor());
    }

    Candidate candidate() {
      return new Candidate(
          minerId,
          tier,
          performance,
          operator,
          region,
          Long.parseLong(gasPrice),
          idleSeconds,
          reservedFor);
    }
  }

  /** What a deployment lacked. */
  record DemandFile(
      String deploymentId,
      List<Integer> tiers,
      int minPerformance,
      String maxGasPrice,
      List<String> regions,
      List<String> allowOperators,
      List<String> denyOperators,
      List<String> excludedMiners,
      Preference preference,
      int lacking,
      int required,
      int maxPerOperator,
      SortedMap<String, Integer> liveByOperator,
      long waitedSeconds) {

    static DemandFile of(Demand demand) {
      List<Integer> tiers = new ArrayList<>();
      for (int tier = TierSet.BEST; tier <= TierSet.WORST; tier++) {
        if (demand.tiers().contains(tier)) {
          tiers.add(tier);
        }
      }
      return new DemandFile(
          demand.deploymentId(),
          tiers,
          demand.minPerformance(),
          Long.toString(demand.maxGasPrice()),
          sorted(demand.regions()),
          sorted(demand.allowOperators()),
          sorted(demand.denyOperators()),
          sorted(demand.excludedMiners()),
          demand.preference(),
          demand.lacking(),
          demand.required(),
          demand.maxPerOperator(),
          new TreeMap<>(demand.liveByOperator()),
          demand.waitedSeconds());
    }

    private static List<String> sorted(Iterable<String> names) {
      TreeSet<String> sorted = new TreeSet<>();
      names.forEach(sorted::add);
      return List.copyOf(sorted);
    }

    Demand demand() {
      return new Demand(
          deploymentId,
          TierSet.of(tiers.stream().mapToInt(Integer::intValue).toArray()),
          minPerformance,
          Long.parseLong(maxGasPrice),
          new HashSet<>(regions),
          new HashSet<>(allowOperators),
          new HashSet<>(denyOperators),
          new HashSet<>(excludedMiners),
          preference,
          lacking,
          required,
          maxPerOperator,
          liveByOperator,
          waitedSeconds);
    }
  }

  /** The market. */
  record MarketFile(
      String referencePrice,
      int operators,
      int activeOfAll,
      SortedMap<String, Integer> activeByOperator) {

    static MarketFile of(Market market) {
      return new MarketFile(
          Long.toString(market.referencePrice()),
          market.operators(),
          market.activeOfAll(),
          new TreeMap<>(market.activeByOperator()));
    }

    Market market() {
      return new Market(
          Long.parseLong(referencePrice), operators, activeOfAll, Map.copyOf(activeByOperator));
    }
  }

  static ProblemFile of(PlacementProblem problem) {
    return new ProblemFile(
        problem.candidates().stream().map(MinerFile::of).toList(),
        problem.demands().stream().map(DemandFile::of).toList(),
        MarketFile.of(problem.market()),
        ObjectiveFile.of(problem.objective()));
  }

  PlacementProblem problem() {
    return new PlacementProblem(
        miners.stream().map(MinerFile::candidate).toList(),
        deployments.stream().map(DemandFile::demand).toList(),
        market.market(),
        objective.objective());
  }
}
