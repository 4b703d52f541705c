package io.phalanx.loadtests.compare;

import io.phalanx.loadtests.optaplanner.OptaPlannerPeer;
import io.phalanx.loadtests.timefold.TimefoldPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The whole comparison: peers, sizes, bounds, page. */
public final class PlacementComparison {
  private PlacementComparison() {}

  /**
   * What is compared and where it is written.
   *
   * @param sizes names of sizes with commas; empty: all
   * @param all whether heavy peers get large problems too
   * @param prove whether the bounds are proven again
   * @param page the folder of the page
   * @param bounds the file of the bounds
   */
  public record Options(String sizes, boolean all, boolean prove, Path page, Path bounds) {}

  /** Runs it and writes the page; every line goes to {@code lines}. */
  public static void run(Options options, String circumstances, Consumer<String> lines)
      throws IOException {
    List<Peer> peers = peers();
    Bounds bounds = new Bounds(options.prove());
    Comparison comparison = new Comparison(bounds, options.all(), lines);
    List<Result> results = new ArrayList<>();
    for (Size size : Comparison.sizes(options.sizes())) {
      results.addAll(comparison.run(size, peers));
      bounds.write(options.bounds());
    }
    Report.bars(results).forEach(lines);
    new Page(options.page(), results, peers).write(circumstances);
  }

  private static List<Peer> peers() {
    return List.of(
        PhalanxPeer.round(),
        PhalanxPeer.fresh(),
        PhalanxPeer.longer(),
        FilterAndScore.all(),
        FilterAndScore.sampled(),
        new FenzoPeer(),
        new OptaPlannerPeer(1),
        new OptaPlannerPeer(10),
        new TimefoldPeer(1),
        new TimefoldPeer(10));
  }
}
