package io.phalanx.loadtests.restart;

import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Fills a folder with a journal of a busy network, and snapshots of it in folders of their own. */
public final class StoreFiller {
  private static final String CELL = "main";
  private static final int EVENTS_PER_ROW = 50;
  private static final long DAY_MS = 86_400_000;

  /**
   * How much.
   *
   * @param events in the journal, at least
   * @param tail events behind the snapshot
   * @param miners in the network
   * @param deploymentsPerSecond of simulated time
   */
  public record Plan(long events, long tail, int miners, int deploymentsPerSecond) {
    public Plan {
      if (tail < 0 || tail > events || miners < 1 || deploymentsPerSecond < 1) {
        throw new IllegalArgumentException("a tail of 0 to all events, miners and deployments");
      }
    }
  }

  /**
   * What was made.
   *
   * @param events in the journal
   * @param rows they are in
   * @param bodyBytes of all rows
   * @param snapshotAt the snapshot's position
   * @param simulatedMs of the network's life
   */
  public record Filled(long events, long rows, long bodyBytes, long snapshotAt, long simulatedMs) {}

  private StoreFiller() {}

  /**
   * Fills the folder.
   *
   * @param snapshots where the snapshot is put, so many events before the end
   * @param lines hears of progress
   */
  public static Filled fill(Path folder, Path snapshots, Plan plan, Consumer<String> lines) {
    try (SqliteJournal journal = SqliteJournal.open(folder, CELL)) {
      RowSink rows = new RowSink(journal, "node-1", EVENTS_PER_ROW);
      long startMs = System.currentTimeMillis() - DAY_MS;
      NetworkScript.Shape shape =
          new NetworkScript.Shape(plan.miners(), plan.deploymentsPerSecond(), 8_000);
      NetworkScript script = new NetworkScript(shape, rows, 42, startMs);
      long snapshotAt = 0;
      long nextLine = plan.events() / 10;
      while (rows.head().last() < plan.events()) {
        script.step();
        if (snapshotAt == 0 && rows.head().last() >= plan.events() - plan.tail()) {
          script.finish();
          snapshotAt = rows.head().last();
          new FileSnapshotStore(snapshots)
              .save(rows.head(), out -> ImageCodec.write(script.state().image(), out));
        }
        if (rows.head().last() >= nextLine) {
          lines.accept("filled %,d events".formatted(rows.head().last()));
          nextLine += plan.events() / 10;
        }
      }
      script.finish();
      return new Filled(
          rows.head().last(), rows.rows(), rows.bytes(), snapshotAt, script.nowMs() - startMs);
    }
  }
}
