package io.phalanx.loadtests.micro;

import io.phalanx.loadtests.compare.Instances;
import io.phalanx.loadtests.compare.Size;
import io.phalanx.placement.Candidate;
import io.phalanx.placement.ClearingPrices;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.PricedLine;
import io.phalanx.placement.SolveLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A round in parts: the kernel alone, with its search, prices, and the rules on one pair. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineParts {
  private static final SolveLimits KERNEL = new SolveLimits(1, Duration.ofMinutes(1), 0, 0);
  private static final SolveLimits ROUND = new SolveLimits(1, Duration.ofMinutes(1), 100, 2_000);

  /** The name of a {@link Size}. */
  @Param({"QUIET", "S", "M", "M_CONTENDED"})
  public String size = "S";

  private final PlacementEngine engine = new PlacementEngine();
  private PlacementProblem problem = Instances.of(Size.S, 1);
  private PlacementPlan plan = engine.solve(problem, KERNEL);
  private Fit fit = new Fit(problem.objective(), problem.market());
  private int next;

  /** Makes the problem and a plan of it. */
  @Setup
  public void prepare() {
    problem = Instances.of(Size.valueOf(size), 1);
    plan = engine.solve(problem, ROUND);
    fit = new Fit(problem.objective(), problem.market());
  }

  /** Arrays, value stage, first fit and bounds, without any improvement. */
  @Benchmark
  public PlacementPlan kernel() {
    return engine.solve(problem, KERNEL);
  }

  /** A whole round with the steps that the service gives it. */
  @Benchmark
  public PlacementPlan round() {
    return engine.solve(problem, ROUND);
  }

  /** What each line of the plan costs. */
  @Benchmark
  public List<PricedLine> prices() {
    return ClearingPrices.of(problem, plan);
  }

  /** The rules on one pair, by the records. */
  @Benchmark
  public boolean eligibility() {
    next++;
    return Eligibility.accepts(demand(), candidate());
  }

  /** The fit of one pair, by the records. */
  @Benchmark
  public long fit() {
    next++;
    return fit.of(demand(), candidate());
  }

  private Demand demand() {
    return problem.demands().get(Math.floorMod(next, problem.demands().size()));
  }

  private Candidate candidate() {
    return problem.candidates().get(Math.floorMod(next * 31, problem.candidates().size()));
  }
}
