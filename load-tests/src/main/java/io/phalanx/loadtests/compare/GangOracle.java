package io.phalanx.loadtests.compare;

import com.google.ortools.Loader;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.phalanx.placement.Demand;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The best value with gangs kept whole, by CP-SAT (OR-tools), for problems with many alike demands.
 *
 * <p>Demands that accept the same miners and have the same widths, cap and value are one kind;
 * miners of one operator that the same kinds accept are one class. A plan is how many demands of
 * each kind are served and how many of a class' miners each kind gets. That is exact: if n demands
 * of a kind are served, and no operator gives more than n times the cap, the miners can be dealt
 * out so that each demand keeps its own cap and widths (Gale and Ryser).
 */
final class GangOracle {
  private static final int WORKERS = 2;

  /**
   * What the solver found.
   *
   * @param value of the best plan found
   * @param bound no plan has more
   * @param proven whether both are the same
   */
  record Answer(long value, long bound, boolean proven) {}

  private record MinerClass(int operator, BitSet kinds) {}

  private final Grid grid;
  private final CpModel model = new CpModel();
  private final LinearExprBuilder value = LinearExpr.newBuilder();

  /** The kinds of demands, each by its first demand, with how many there are. */
  private final List<Integer> kinds = new ArrayList<>();

  private final List<Integer> counts = new ArrayList<>();

  private GangOracle(Grid grid) {
    this.grid = grid;
    Map<Object, Integer> known = new LinkedHashMap<>();
    for (int d = 0; d < grid.demands; d++) {
      int kind = known.computeIfAbsent(kind(d), key -> known.size());
      if (kind == kinds.size()) {
        kinds.add(d);
        counts.add(0);
      }
      counts.set(kind, counts.get(kind) + 1);
    }
  }

  private Object kind(int d) {
    Demand demand = grid.demand(d);
    return List.of(
        demand.tiers(),
        demand.minPerformance(),
        demand.maxGasPrice(),
        demand.regions(),
        demand.denyOperators(),
        demand.lacking(),
        demand.required(),
        demand.maxPerOperator(),
        grid.value[d]);
  }

  /** The best value, sought for so long at most. */
  static Answer best(Grid grid, double seconds) {
    Loader.loadNativeLibraries();
    return new GangOracle(grid).solve(seconds);
  }

  private Answer solve(double seconds) {
    Map<MinerClass, Integer> classes = classes();
    List<LinearExprBuilder> used = new ArrayList<>();
    classes.forEach((miners, count) -> used.add(LinearExpr.newBuilder()));
    for (int kind = 0; kind < kinds.size(); kind++) {
      addKind(kind, classes, used);
    }
    int index = 0;
    for (int count : classes.values()) {
      model.addLessOrEqual(used.get(index++), count);
    }
    model.maximize(value);
    CpSolver solver = new CpSolver();
    solver.getParameters().setMaxTimeInSeconds(seconds);
    solver.getParameters().setNumWorkers(WORKERS);
    CpSolverStatus status = solver.solve(model);
    return new Answer(
        Math.round(solver.objectiveValue()),
        Math.round(solver.bestObjectiveBound()),
        status == CpSolverStatus.OPTIMAL);
  }

  private Map<MinerClass, Integer> classes() {
    Map<MinerClass, Integer> classes = new LinkedHashMap<>();
    for (int miner = 0; miner < grid.miners; miner++) {
      BitSet accepting = new BitSet(kinds.size());
      for (int kind = 0; kind < kinds.size(); kind++) {
        accepting.set(kind, grid.suits(kinds.get(kind), miner));
      }
      if (!accepting.isEmpty()) {
        classes.merge(new MinerClass(grid.operator[miner], accepting), 1, Integer::sum);
      }
    }
    return classes;
  }

  private void addKind(int kind, Map<MinerClass, Integer> classes, List<LinearExprBuilder> used) {
    int d = kinds.get(kind);
    int most = counts.get(kind) * grid.lacking(d);
    IntVar served = model.newIntVar(0, counts.get(kind), "");
    IntVar placed = model.newIntVar(0, most, "");
    model.addLessOrEqual(placed, LinearExpr.term(served, grid.lacking(d)));
    model.addGreaterOrEqual(placed, LinearExpr.term(served, grid.required(d)));
    value.addTerm(placed, grid.value[d]);
    LinearExprBuilder sum = LinearExpr.newBuilder();
    Map<Integer, LinearExprBuilder> onOperator = new LinkedHashMap<>();
    int index = 0;
    for (Map.Entry<MinerClass, Integer> each : classes.entrySet()) {
      if (each.getKey().kinds().get(kind)) {
        IntVar there = model.newIntVar(0, Math.min(each.getValue(), most), "");
        sum.add(there);
        used.get(index).add(there);
        onOperator
            .computeIfAbsent(each.getKey().operator(), key -> LinearExpr.newBuilder())
            .add(there);
      }
      index++;
    }
    model.addEquality(sum, placed);
    if (grid.cap(d) < grid.lacking(d)) {
      onOperator
          .values()
          .forEach(there -> model.addLessOrEqual(there, LinearExpr.term(served, grid.cap(d))));
    }
  }
}
