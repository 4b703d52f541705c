package io.phalanx.loadtests;

import io.phalanx.loadtests.process.JavaCommand;
import io.phalanx.loadtests.process.TemporaryFolder;
import io.phalanx.loadtests.restart.StartProbe;
import io.phalanx.loadtests.restart.StoreFiller;
import io.phalanx.loadtests.restart.StoreFiller.Filled;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long the engine takes from its start until it leads, on a journal of a million events whose
 * whole chain is verified: from the first event, and from a snapshot and what came after it. Each
 * start is a process of its own with nothing warm but the disk's cache.
 *
 * <p>Arguments: {@code --events 1000000 --tail 100000 --miners 2000 --rate 100 --repeat 3 --folder
 * PATH --profile}; a folder that holds a filled store is used again.
 */
public final class RestartBenchmark {
  private static final List<String> HEAP =
      List.of("-Xms256m", "-Xmx2g", "-Dlogback.configurationFile=load-tests-logback.xml");

  /** Which snapshot a start finds. */
  private enum Snapshot {
    NONE,
    KEPT,
    AS_IT_IS
  }

  private final Arguments arguments;
  private final Path data;
  private final Path kept;
  private final List<String> table = new ArrayList<>();

  private RestartBenchmark(Arguments arguments, Path root) {
    this.arguments = arguments;
    this.data = root.resolve("data");
    this.kept = root.resolve("kept");
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments =
        Arguments.of(
            args,
            Set.of("events", "tail", "miners", "rate", "repeat", "folder"),
            Set.of("profile"));
    if (arguments.has("folder")) {
      new RestartBenchmark(arguments, Path.of(arguments.text("folder", ""))).run();
    } else {
      try (TemporaryFolder folder = TemporaryFolder.make("phalanx-restart")) {
        new RestartBenchmark(arguments, folder.path()).run();
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    if (!Files.exists(kept)) {
      fill();
    }
    table.add(
        "start from                                  leading   of process   processors      heap");
    for (int i = 0; i < arguments.number("repeat", 3); i++) {
      measure("genesis", Snapshot.NONE, List.of());
      measure("snapshot and a tail behind it", Snapshot.KEPT, List.of());
    }
    measure("genesis, then a clean stop", Snapshot.NONE, List.of("--close"));
    measure("the snapshot of a clean stop", Snapshot.AS_IT_IS, List.of());
    table.forEach(System.out::println);
  }

  private void fill() throws IOException, InterruptedException {
    StoreFiller.Plan plan =
        new StoreFiller.Plan(
            arguments.number("events", 1_000_000),
            arguments.number("tail", 100_000),
            arguments.number("miners", 2_000),
            arguments.number("rate", 100));
    long started = System.nanoTime();
    Filled filled = StoreFiller.fill(data, kept, plan, System.out::println);
    System.out.printf(
        "%,d events in %,d rows, %,d MB, of %,d s of a network's life; snapshot at %,d, %,d KB;"
            + " filled in %,d s%n",
        filled.events(),
        filled.rows(),
        filled.bodyBytes() >> 20,
        filled.simulatedMs() / 1_000,
        filled.snapshotAt(),
        size(kept) >> 10,
        (System.nanoTime() - started) / 1_000_000_000);
    measure("genesis, history lost and written anew", Snapshot.NONE, List.of("--close"));
  }

  private void measure(String what, Snapshot snapshot, List<String> flags)
      throws IOException, InterruptedException {
    if (snapshot != Snapshot.AS_IT_IS) {
      TemporaryFolder.delete(snapshots());
    }
    if (snapshot == Snapshot.KEPT) {
      copyKept();
    }
    List<String> probe = new ArrayList<>();
    probe.add(data.toString());
    probe.addAll(flags);
    if (arguments.has("profile")) {
      probe.add("--profile");
    }
    Process process =
        new ProcessBuilder(JavaCommand.of(StartProbe.class, HEAP, probe))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines;
    try (BufferedReader reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the start ended with " + process.exitValue());
    }
    String[] figures = lines.get(0).split(" ", -1);
    table.add(
        "%-40s %7s ms   %7s ms   %7s ms   %4s MB"
            .formatted(what, figures[0], figures[1], figures[4], figures[3]));
    System.out.println(table.get(table.size() - 1));
    lines.stream().skip(1).forEach(System.out::println);
  }

  private Path snapshots() {
    return data.resolve(FileSnapshotStore.FOLDER);
  }

  private void copyKept() throws IOException {
    Files.createDirectories(snapshots());
    try (Stream<Path> files = Files.list(kept)) {
      for (Path file : files.toList()) {
        Path copy = snapshots().resolve(file.getFileName().toString());
        Files.copy(file, copy);
      }
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
