package io.phalanx.loadtests;

import io.phalanx.loadtests.compare.PlacementComparison;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;

/**
 * The placement engine beside its peers and the proven best, on problems of all sizes, in one
 * process; writes the page {@code docs/benchmarks/placement}.
 *
 * <p>Arguments: {@code --sizes S,M,L_CONTENDED --all --prove --out FOLDER --bounds FILE}.
 */
public final class PlacementBenchmark {
  private static final Path PAGE = Path.of("docs", "benchmarks", "placement");
  private static final Path BOUNDS =
      Path.of("load-tests", "src", "main", "resources", "placement-bounds.csv");

  private PlacementBenchmark() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments =
        Arguments.of(args, Set.of("sizes", "out", "bounds"), Set.of("all", "prove"));
    Path page = Path.of(arguments.text("out", PAGE.toString()));
    Path bounds = Path.of(arguments.text("bounds", BOUNDS.toString()));
    Path folder = bounds.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("run it in the project's folder, or name --bounds");
    }
    PlacementComparison.run(
        new PlacementComparison.Options(
            arguments.text("sizes", ""),
            arguments.has("all"),
            arguments.has("prove"),
            page,
            bounds),
        circumstances(),
        System.out::println);
    System.out.println("written: " + page);
    System.exit(0); // Fenzo leaves threads behind
  }

  private static String circumstances() {
    return String.format(
        Locale.ROOT,
        "Run of %s on JDK %s, %d processors, load average %.1f at its beginning.",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
