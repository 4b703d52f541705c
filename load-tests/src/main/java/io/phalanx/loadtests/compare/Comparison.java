package io.phalanx.loadtests.compare;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lets every peer place the same problems, in one process, and referees. */
final class Comparison {
  private static final int MOST_RUNS = 9;
  private static final int WARM_RUNS = 500;
  private static final long WARM_NANOS = 4_000_000_000L;
  private static final long ENOUGH_NANOS = 1_500_000_000L;
  private static final long ENOUGH_FOR_A_SIZE_NANOS = 12_000_000_000L;

  private final Bounds bounds;
  private final boolean all;
  private final Consumer<String> lines;
  private final Map<Long, Grid> grids = new HashMap<>();
  private final Map<Long, Bounds.Best> best = new HashMap<>();

  /**
   * A comparison that has not begun.
   *
   * @param all whether peers also get problems on which they take minutes
   * @param lines hears of progress
   */
  Comparison(Bounds bounds, boolean all, Consumer<String> lines) {
    this.bounds = bounds;
    this.all = all;
    this.lines = lines;
  }

  /** How many problems of that size there are. */
  static int problems(Size size) {
    return switch (size) {
      case QUIET -> 20;
      case S, GANGS -> 10;
      case M, M_CONTENDED -> 3;
      case L, L_CONTENDED, XL, XL_CONTENDED -> 1;
    };
  }

  /** What every peer that takes the size reaches. */
  List<Result> run(Size size, List<Peer> peers) {
    grids.clear();
    best.clear();
    List<Result> results = new ArrayList<>();
    for (Peer peer : peers) {
      if (peer.takes(size, all)) {
        Result result = run(size, peer);
        results.add(result);
        lines.accept(Report.line(result));
      }
    }
    return results;
  }

  private Result run(Size size, Peer peer) {
    Run run = new Run(peer);
    long started = System.nanoTime();
    int problems = 0;
    while (problems < problems(size)
        && (problems == 0 || System.nanoTime() - started < ENOUGH_FOR_A_SIZE_NANOS)) {
      run.place(size, ++problems);
    }
    return new Result(
        size,
        peer.name(),
        problems,
        run.walls.size(),
        quantile(run.walls, 0.5),
        quantile(run.walls, 0.95),
        quantile(run.processor, 0.5),
        run.valueGap,
        run.fitGap,
        run.atBestValue);
  }

  private Grid grid(Size size, long seed) {
    return grids.computeIfAbsent(seed, key -> new Grid(Instances.of(size, key)));
  }

  private static double quantile(List<Double> figures, double share) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  /** One peer on all problems of a size. */
  private final class Run {
    private final Peer peer;
    private final List<Double> walls = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();
    private double valueGap;
    private double fitGap = Double.NaN;
    private int atBestValue;

    Run(Peer peer) {
      this.peer = peer;
    }

    void place(Size size, long seed) {
      Grid grid = grid(size, seed);
      if (!peer.isTimeLimited()) {
        warm(grid);
      }
      int[] minerOf = measured(grid);
      Bounds.Best known = best.computeIfAbsent(seed, key -> bounds.of(size, key, grid, minerOf));
      judge(Referee.score(grid, minerOf), known);
    }

    /** Long enough for the compiler at the first problem, and a little for each other's data. */
    private void warm(Grid grid) {
      long until = System.nanoTime() + (walls.isEmpty() ? WARM_NANOS : ENOUGH_NANOS / 10);
      for (int i = 0; i < WARM_RUNS && System.nanoTime() < until; i++) {
        peer.place(grid);
      }
    }

    /** Runs that count, until there are enough or they have taken long enough. */
    private int[] measured(Grid grid) {
      long until = System.nanoTime() + ENOUGH_NANOS;
      Optional<Supplier<int[]>> placed = Optional.empty();
      for (int i = 0; i < MOST_RUNS && (placed.isEmpty() || System.nanoTime() < until); i++) {
        long processorBefore = processorNanos();
        long before = System.nanoTime();
        placed = Optional.of(peer.place(grid));
        walls.add((System.nanoTime() - before) / 1e6);
        processor.add((processorNanos() - processorBefore) / 1e6);
      }
      return placed.orElseThrow().get();
    }

    private long processorNanos() {
      if (peer.hasOwnThreads()
          && ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean system) {
        return system.getProcessCpuTime();
      }
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void judge(Referee.Score score, Bounds.Best known) {
      if (score.value() > known.value()) {
        throw new IllegalStateException(score + " is better than the best: " + known);
      }
      valueGap = Math.max(valueGap, share(known.value() - score.value(), known.value()));
      if (score.value() == known.value()) {
        atBestValue++;
        if (known.fit() >= 0) {
          double gap = share(known.fit() - score.fit(), known.fit());
          fitGap = Double.isNaN(fitGap) ? gap : Math.max(fitGap, gap);
        }
      }
    }

    private static double share(long part, long whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }

  /** All sizes in their order. */
  static List<Size> sizes(String wanted) {
    return wanted.isEmpty()
        ? List.of(Size.values())
        : Arrays.stream(wanted.split(",")).map(Size::valueOf).toList();
  }
}
