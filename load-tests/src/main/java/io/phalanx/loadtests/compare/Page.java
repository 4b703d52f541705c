package io.phalanx.loadtests.compare;

import io.phalanx.loadtests.chart.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of a comparison: tables, plots, and how every peer was configured. */
final class Page {
  private static final double LEAST_GAP_PERCENT = 0.0001;
  private static final List<Size> GROWING = List.of(Size.S, Size.M, Size.L, Size.XL);

  private final Path folder;
  private final List<Result> results;
  private final List<Peer> peers;

  Page(Path folder, List<Result> results, List<Peer> peers) {
    this.folder = folder;
    this.results = results;
    this.peers = peers;
  }

  /** Writes the page and its plots. */
  void write(String circumstances) throws IOException {
    Files.createDirectories(folder);
    List<String> page = new ArrayList<>();
    page.add("# Placement: quality and time beside others");
    page.add("");
    page.add(
        "Written by `load-tests/run PlacementBenchmark`; run it to write it anew. "
            + circumstances);
    page.add("");
    page.add(
        "Gap = (best − reached) / best, the worst of the problems of that size. Best value: the"
            + " optimum with gangs proven by CP-SAT (gangs), else the optimum of the min-cost flow"
            + " without gangs, which no plan can exceed; at XL, where that flow would take hours,"
            + " the engine's own bounds, from its prices. Fit gaps count only where the best value"
            + " was reached. The problems are made by seed; contended: tiers 1 and 2 are a tenth of"
            + " the miners, and seven deployments of ten accept only tier 1 or 1 and 2. Times are of"
            + " a warm process, for problems that are already in memory; peers get them as arrays,"
            + " the engine pays for making its own. Bars for the median are held against processor"
            + " time, as the engine has one thread and other work shares the machine.");
    page.add("");
    page.add("## Bars");
    page.add("");
    page.addAll(Report.bars(results));
    page.add("");
    page.add("## Time against size");
    page.add("");
    page.add("![time against size](time-against-size.svg)");
    svg("time-against-size", timeAgainstSize());
    page.add("");
    page.add("## Gap against time");
    for (Size size : Size.values()) {
      List<Result> own = results.stream().filter(result -> result.size() == size).toList();
      if (!own.isEmpty()) {
        String name = "gap-against-time-" + size.name().toLowerCase(java.util.Locale.ROOT);
        svg(name.replace('_', '-'), gapAgainstTime(size, own));
        page.add("");
        page.add("![%s](%s.svg)".formatted(size.label(), name.replace('_', '-')));
      }
    }
    page.add("");
    page.add("## All figures");
    page.add("");
    page.addAll(Report.table(results));
    page.add("");
    page.add("## How each is configured");
    page.add("");
    for (Peer peer : peers) {
      page.add("- **" + peer.name() + "**: " + peer.configuration());
    }
    page.addAll(leftOut());
    Files.write(folder.resolve("README.md"), page);
  }

  private static List<String> leftOut() {
    return List.of(
        "- **best**: OR-tools 9.15 `MinCostFlow` over a growing set of pairs, until the potentials of"
            + " the optimum show that no pair left out could improve it, so that it is the optimum"
            + " over all pairs; for gangs CP-SAT on classes of alike miners and demands. It takes"
            + " from 0.1 s to minutes, so what was proven is kept in"
            + " `load-tests/src/main/resources/placement-bounds.csv` for the very same problem;"
            + " `--prove` proves it anew.",
        "",
        "Left out unless `--all`: filter-and-score over all nodes at XL (minutes a round), Fenzo above"
            + " 10,000 miners (seconds a round there, and it grows with the product). OptaPlanner and"
            + " Timefold with defaults above that: their construction alone scores every pair, 150"
            + " million at L, and is not done within their time. At XL none of these three runs"
            + " even then: what they make of M says it all.");
  }

  private Plot timeAgainstSize() {
    Map<String, List<Plot.Point>> lines = new LinkedHashMap<>();
    for (Size size : GROWING) {
      for (Result result : results) {
        if (result.size() == size && !isTimeLimited(result.peer())) {
          lines
              .computeIfAbsent(result.peer(), key -> new ArrayList<>())
              .add(new Plot.Point(size.miners(), result.processorMs()));
        }
      }
    }
    return new Plot(
        "A round's processor time, nothing contended",
        new Plot.Axis("miners (S 200, M 2,000, L 5,000, XL 20,000 replicas)", true),
        new Plot.Axis("processor ms", true),
        lines.entrySet().stream()
            .map(line -> new Plot.Series(line.getKey(), line.getValue(), true))
            .toList());
  }

  private boolean isTimeLimited(String name) {
    return name.equals(PhalanxPeer.LONG)
        || peers.stream().anyMatch(peer -> peer.name().equals(name) && peer.isTimeLimited());
  }

  private static Plot gapAgainstTime(Size size, List<Result> own) {
    List<Plot.Series> series = new ArrayList<>();
    for (Result result : own) {
      boolean byValue = size.contended();
      double gap = byValue ? result.valueGap() : result.valueGap() + zeroIfNone(result.fitGap());
      series.add(
          new Plot.Series(
              result.peer(),
              List.of(
                  new Plot.Point(
                      Math.max(0.01, result.processorMs()),
                      Math.max(LEAST_GAP_PERCENT, gap * 100))),
              false));
    }
    String what = size.contended() ? "value gap" : "value gap and fit gap";
    return new Plot(
        "%s: %,d miners, %,d replicas".formatted(size.label(), size.miners(), size.replicas()),
        new Plot.Axis("processor ms, median", true),
        new Plot.Axis(what + ", % (" + LEAST_GAP_PERCENT + " stands for 0)", true),
        series);
  }

  private static double zeroIfNone(double gap) {
    return Double.isNaN(gap) ? 0 : gap;
  }

  private void svg(String name, Plot plot) throws IOException {
    Files.writeString(folder.resolve(name + ".svg"), plot.svg());
  }
}
