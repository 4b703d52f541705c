package io.phalanx.loadtests.restart;

import io.phalanx.loadtests.process.StackSampler;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.EngineMeter;
import io.phalanx.scheduler.engine.EngineSettings;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One start of the engine in a process of its own, as after a crash: nothing is warm. Prints {@code
 * leadingMs processMs position heapMb cpuMs}, then ends at once, or with {@code --close} as a clean
 * stop does; {@code --profile} prints what it was busy with.
 */
public final class StartProbe {
  private static final String CELL = "main";

  private StartProbe() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> flags = List.of(arguments);
    Path folder = Path.of(flags.get(0));
    boolean profile = flags.contains("--profile");
    StackSampler sampler = profile ? StackSampler.start("io.phalanx") : null;
    long started = System.nanoTime();
    HistoryStore history = SqliteHistory.open(folder);
    Engine engine = Engine.start(stores(folder, history), settings(), null, new Random(1));
    while (!engine.sequencer().isLeading()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    long leadingMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    long processMs =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    if (sampler != null) {
      sampler.close();
    }
    System.out.printf(
        "%d %d %d %d %d%n",
        leadingMs, processMs, engine.replica().head().last(), heapMb(), cpuMs());
    if (sampler != null) {
      sampler.report(14).forEach(System.out::println);
    }
    if (flags.contains("--close")) {
      engine.close();
      history.close();
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static Engine.Stores stores(Path folder, HistoryStore history) {
    return new Engine.Stores(
        SqliteJournal.open(folder, CELL),
        () -> SqliteJournal.open(folder, CELL),
        new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER)),
        history,
        new SignedLog(
            SqliteReceipts.open(folder),
            KeyFile.open(folder.resolve(KeyFile.FILE), new SecureRandom())));
  }

  private static EngineSettings settings() {
    return new EngineSettings(
        "node-1",
        InstantSource.system(),
        EngineMeter.NONE,
        1_000_000_000,
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        1);
  }

  private static long cpuMs() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static long heapMb() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
