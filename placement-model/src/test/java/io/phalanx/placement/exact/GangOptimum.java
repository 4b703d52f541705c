package io.phalanx.placement.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.PlacementProblem;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The optimum with gangs, by constraint programming: proven, or bracketed when time ran out. */
final class GangOptimum {
  private static final int WORKERS = 8;

  private final Pairs pairs;
  private final CpModel model = new CpModel();
  private final LinearExprBuilder value = LinearExpr.newBuilder();
  private final LinearExprBuilder fit = LinearExpr.newBuilder();

  private GangOptimum(Pairs pairs) {
    this.pairs = pairs;
  }

  /** Between what the best value lies. Miners that differ for nobody count as one kind. */
  static Bracket value(PlacementProblem problem, double seconds) {
    GangOptimum search = new GangOptimum(new Pairs(problem));
    search.addKinds();
    search.model.maximize(search.value);
    return solve(search.model, seconds);
  }

  /** Between what the best fit of a plan of value {@code best} lies; for small problems. */
  static Bracket fitAt(long best, PlacementProblem problem, double seconds) {
    GangOptimum search = new GangOptimum(new Pairs(problem));
    search.addPairs();
    search.model.addGreaterOrEqual(search.value, best);
    search.model.maximize(search.fit);
    return solve(search.model, seconds);
  }

  private static Bracket solve(CpModel model, double seconds) {
    CpSolver solver = new CpSolver();
    solver.getParameters().setMaxTimeInSeconds(seconds).setNumWorkers(WORKERS);
    CpSolverStatus status = solver.solve(model);
    if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
      return new Bracket(0, Long.MAX_VALUE);
    }
    return new Bracket(
        Math.round(solver.objectiveValue()), (long) Math.ceil(solver.bestObjectiveBound() - 0.5));
  }

  private void addKinds() {
    Map<Kind, Integer> size = new LinkedHashMap<>();
    Map<Integer, Kind> kindOf = new HashMap<>();
    for (int m = 0; m < pairs.miners.size(); m++) {
      Kind kind = kind(m);
      kindOf.put(m, kind);
      size.merge(kind, 1, Integer::sum);
    }
    Map<Kind, LinearExprBuilder> used = new LinkedHashMap<>();
    for (int d = 0; d < pairs.demands.size(); d++) {
      DemandSum sum = new DemandSum(d);
      for (Kind kind : pairs.eligible.get(d).stream().map(kindOf::get).distinct().toList()) {
        long most = Math.min(size.getOrDefault(kind, 0), pairs.demands.get(d).lacking());
        IntVar count = model.newIntVar(0, most, "");
        sum.add(count, kind.operator());
        used.computeIfAbsent(kind, key -> LinearExpr.newBuilder()).add(count);
      }
      sum.close();
    }
    used.forEach((kind, sum) -> model.addLessOrEqual(sum, size.getOrDefault(kind, 0)));
  }

  private void addPairs() {
    Map<Integer, LinearExprBuilder> used = new LinkedHashMap<>();
    for (int d = 0; d < pairs.demands.size(); d++) {
      DemandSum sum = new DemandSum(d);
      for (int miner : pairs.eligible.get(d)) {
        BoolVar placed = model.newBoolVar("");
        sum.add(placed, pairs.miners.get(miner).operator());
        fit.addTerm(placed, pairs.fit(d, miner));
        used.computeIfAbsent(miner, key -> LinearExpr.newBuilder()).add(placed);
      }
      sum.close();
    }
    used.values().forEach(sum -> model.addLessOrEqual(sum, 1));
  }

  private Kind kind(int miner) {
    BitSet takers = new BitSet();
    for (int d = 0; d < pairs.demands.size(); d++) {
      // lists are in rising order of miners
      if (Collections.binarySearch(pairs.eligible.get(d), miner) >= 0) {
        takers.set(d);
      }
    }
    Candidate candidate = pairs.miners.get(miner);
    return new Kind(takers, candidate.operator());
  }

  /**
   * What is known of an optimum.
   *
   * @param found of a feasible plan
   * @param bound no plan has more
   */
  record Bracket(long found, long bound) {
    boolean isProven() {
      return found == bound;
    }
  }

  private record Kind(BitSet takers, String operator) {}

  /** What one deployment gets: nothing, or as much as it insists on. */
  private final class DemandSum {
    private final int index;
    private final Demand demand;
    private final LinearExprBuilder all = LinearExpr.newBuilder();
    private final Map<String, LinearExprBuilder> byOperator = new LinkedHashMap<>();

    DemandSum(int index) {
      this.index = index;
      this.demand = pairs.demands.get(index);
    }

    void add(IntVar count, String operator) {
      all.add(count);
      value.addTerm(count, pairs.value(index));
      byOperator.computeIfAbsent(operator, key -> LinearExpr.newBuilder()).add(count);
    }

    void close() {
      BoolVar isIn = model.newBoolVar("");
      model.addLessOrEqual(LinearExpr.newBuilder().add(all).addTerm(isIn, -demand.lacking()), 0);
      model.addGreaterOrEqual(
          LinearExpr.newBuilder().add(all).addTerm(isIn, -demand.required()), 0);
      byOperator.forEach(
          (operator, sum) -> {
            if (demand.maxPerOperator() > 0) {
              long room = Math.min(demand.roomOn(operator), demand.lacking());
              model.addLessOrEqual(LinearExpr.newBuilder().add(sum).addTerm(isIn, -room), 0);
            }
          });
    }
  }
}
