package io.phalanx.placement.sizes;

import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints what whole rounds of each size cost, warm: processor and wall time, and how far value and
 * fit are from their bounds. Arguments: names of sizes, and {@code runs=N}; none = all.
 */
public final class RoundBench {
  private static final SolveLimits LIMITS = SolveLimits.of(1, Duration.ofSeconds(20));

  private final PlacementEngine engine = new PlacementEngine();
  private final int runs;

  private RoundBench(int runs) {
    this.runs = runs;
  }

  private enum Size {
    QUIET_10(30_000, 10, false),
    QUIET(30_000, 200, false),
    S(1_000, 200, false),
    S_CONTENDED(1_000, 200, true),
    M(10_000, 2_000, false),
    M_CONTENDED(10_000, 2_000, true),
    L(30_000, 5_000, false),
    L_CONTENDED(30_000, 5_000, true),
    XL(100_000, 20_000, false),
    XL_CONTENDED(100_000, 20_000, true);

    private final int miners;
    private final int replicas;
    private final boolean contended;

    Size(int miners, int replicas, boolean contended) {
      this.miners = miners;
      this.replicas = replicas;
      this.contended = contended;
    }
  }

  public static void main(String[] args) {
    int runs = 8;
    for (String argument : args) {
      if (argument.startsWith("runs=")) {
        runs = Integer.parseInt(argument.substring("runs=".length()));
      }
    }
    RoundBench bench = new RoundBench(runs);
    System.out.println(
        "size              wall ms   cpu ms  index  construct  improve  value gap %   fit gap %");
    for (Size size : Size.values()) {
      boolean named = Arrays.asList(args).contains(size.name());
      if (named || Arrays.stream(args).allMatch(a -> a.startsWith("runs="))) {
        bench.run(size);
      }
    }
  }

  private void run(Size size) {
    double[] wall = new double[runs];
    double[] cpu = new double[runs];
    PlacementPlan plan = null;
    for (int run = -runs; run < runs; run++) {
      PlacementProblem problem =
          SizedProblem.of(100 + run % 4, size.miners, size.replicas, size.contended);
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      plan = engine.solve(problem, LIMITS);
      if (run >= 0) {
        cpu[run] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6;
        wall[run] = plan.millis().total();
      }
    }
    if (plan != null) {
      System.out.printf(
          Locale.ROOT,
          "%-15s %9.2f %8.2f %6.2f %10.2f %8.2f %12.4f %11.4f%n",
          size,
          median(wall),
          median(cpu),
          plan.millis().index(),
          plan.millis().construct(),
          plan.millis().improve(),
          gap(plan.value(), plan.valueBound()),
          gap(plan.fit(), plan.fitBound()));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double gap(long reached, long bound) {
    return bound == 0 ? 0 : 100.0 * (bound - reached) / bound;
  }
}
