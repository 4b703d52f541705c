package io.phalanx.loadtests.compare;

import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.SolveLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What no plan can exceed, for each problem. Proving takes minutes for the larger ones, so what was
 * proven is kept beside the program with the problem's fingerprint, and is used only for that very
 * problem.
 */
final class Bounds {
  private static final String RESOURCE = "/placement-bounds.csv";
  private static final String HEADER =
      "size,seed,fingerprint,value,fit,value_source,fit_proven,pairs,millis";
  private static final double GANG_SECONDS = 60;
  private static final int TOO_MANY_FOR_A_FLOW = 100_000;

  /**
   * The best there is.
   *
   * @param value no plan has more
   * @param fit no plan of that value has more, unless gangs forbid the value; −1: not known
   * @param source {@code prices}: the engine's own, from the prices of its auction, where a flow
   *     would take hours; {@code flow}: min-cost flow without gangs; {@code whole}: the same, and
   *     its gangs are whole, so that it is the optimum; {@code gangs}: the optimum proven with
   *     gangs
   * @param fitProven whether every pair was in the flow or priced out
   */
  record Best(long value, long fit, String source, boolean fitProven, int pairs, long millis) {}

  private final Map<String, String> kept = new LinkedHashMap<>();
  private final boolean prove;

  /**
   * The kept ones.
   *
   * @param prove whether everything is proven again
   */
  Bounds(boolean prove) {
    this.prove = prove;
    try (InputStream in = Bounds.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        text.lines().skip(1).forEach(this::keep);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(String line) {
    String[] cells = line.split(",", -1);
    kept.put(String.join(",", cells[0], cells[1], cells[2]), line);
  }

  /** The best of that problem; {@code plan} is any feasible placement. */
  Best of(Size size, long seed, Grid grid, int[] plan) {
    String key = size.name() + "," + seed + "," + Long.toHexString(grid.fingerprint());
    String line = prove ? null : kept.get(key);
    if (line != null) {
      return read(line);
    }
    Best best = prove(size, grid, plan);
    kept.keySet().removeIf(other -> other.startsWith(size.name() + "," + seed + ","));
    kept.put(key, key + "," + write(best));
    return best;
  }

  private static Best prove(Size size, Grid grid, int[] plan) {
    if (grid.miners >= TOO_MANY_FOR_A_FLOW) {
      return priced(grid);
    }
    FlowOracle.Bound flow = FlowOracle.bound(grid, plan);
    if (size == Size.GANGS && !flow.whole()) {
      GangOracle.Answer gangs = GangOracle.best(grid, GANG_SECONDS);
      if (gangs.proven()) {
        return new Best(gangs.value(), -1, "gangs", false, flow.pairs(), flow.millis());
      }
    }
    String source = flow.whole() ? "whole" : "flow";
    return new Best(flow.value(), flow.fit(), source, flow.proven(), flow.pairs(), flow.millis());
  }

  private static Best priced(Grid grid) {
    long started = System.nanoTime();
    PlacementPlan plan =
        new PlacementEngine().solve(grid.problem, SolveLimits.of(1, Duration.ofSeconds(60)));
    boolean placesAll = plan.lines().size() == grid.slots;
    long millis = (System.nanoTime() - started) / 1_000_000;
    return new Best(
        plan.valueBound(), placesAll ? plan.fitBound() : -1, "prices", placesAll, 0, millis);
  }

  private static Best read(String line) {
    String[] cells = line.split(",", -1);
    return new Best(
        Long.parseLong(cells[3]),
        Long.parseLong(cells[4]),
        cells[5],
        Boolean.parseBoolean(cells[6]),
        Integer.parseInt(cells[7]),
        Long.parseLong(cells[8]));
  }

  private static String write(Best best) {
    return best.value()
        + ","
        + best.fit()
        + ","
        + best.source()
        + ","
        + best.fitProven()
        + ","
        + best.pairs()
        + ","
        + best.millis();
  }

  /** Writes what is known for the next run. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    lines.addAll(kept.values());
    Files.write(file, lines);
  }
}
