package io.phalanx.loadtests.scale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** All sizes of clusters one after the other, what signatures cost, and the page about both. */
public final class Scale {
  private Scale() {}

  /**
   * Measures all of it in an empty folder.
   *
   * @param lines hears of what is done
   * @return the page
   */
  public static List<String> run(Path folder, ScalePlan plan, Consumer<String> lines)
      throws InterruptedException {
    double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    lines.accept("signatures");
    SignatureFigures signatures = SignatureRun.run(folder.resolve("signatures"), plan);
    List<SizeFigures> sizes = new ArrayList<>();
    for (int size : plan.nodes()) {
      lines.accept(size + " nodes");
      SizeFigures figures = ScaleRun.run(folder.resolve("nodes-" + size), size, plan, lines);
      figures.costs().forEach((load, cost) -> lines.accept(line(load, cost)));
      sizes.add(figures);
    }
    return ScalePage.of(plan, sizes, signatures, busy);
  }

  private static String line(Load load, Cost cost) {
    return String.format(
        Locale.ROOT,
        "%-42s %,9.0f/s  p50 %.1f ms  p99 %.1f ms  us: leader %.0f, asked %.0f, other %.0f,"
            + " database %.0f",
        load.title(),
        cost.perSecond(),
        cost.p50Ms(),
        cost.p99Ms(),
        cost.leader(),
        cost.asked(),
        cost.other(),
        cost.database());
  }

  /** Writes the page as the README of that folder. */
  public static void write(Path folder, List<String> page) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("README.md"), page);
  }
}
