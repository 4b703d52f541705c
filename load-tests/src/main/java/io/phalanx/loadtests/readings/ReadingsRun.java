package io.phalanx.loadtests.readings;

import io.phalanx.loadtests.process.ThreadTimes;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.GasResults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Durable readings a second through the whole engine, in windows that alternate with the plain
 * journal: rows of the same events, encoded before, appended by one thread.
 */
public final class ReadingsRun {
  private static final int EVENTS_PER_ROW = 8_192;
  private static final int REPLICAS = 100;

  private final Plan plan;
  private final Path folder;
  private final Consumer<String> lines;

  /**
   * How.
   *
   * @param miners that send readings, a multiple of 100
   * @param batch readings in a command
   * @param inFlight commands under way at a time
   * @param windows of each kind
   * @param window how long each is
   */
  public record Plan(int miners, int batch, int inFlight, int windows, Duration window) {}

  private ReadingsRun(Plan plan, Path folder, Consumer<String> lines) {
    this.plan = plan;
    this.folder = folder;
    this.lines = lines;
  }

  /** Runs in an empty folder; a line for each window, then the middle ones and their ratio. */
  public static void run(Path folder, Plan plan, Consumer<String> lines) {
    new ReadingsRun(plan, folder, lines).run();
  }

  private void run() {
    List<Double> engine = new ArrayList<>();
    List<Double> ceiling = new ArrayList<>();
    MeteredFleet.Shape shape =
        new MeteredFleet.Shape(plan.miners(), REPLICAS, InstantSource.system(), null);
    try (MeteredFleet fleet = MeteredFleet.start(folder.resolve("engine"), shape);
        SqliteJournal plain = SqliteJournal.open(folder.resolve("plain"), MeteredFleet.CELL)) {
      JournalHead head = JournalRow.genesis(MeteredFleet.CELL).head();
      plain.claimEpoch(0);
      window(fleet); // warm-up
      for (int i = 0; i < plan.windows(); i++) {
        engine.add(window(fleet));
        long before = head.last();
        long started = System.nanoTime();
        head = appendAll(plain, head);
        ceiling.add((head.last() - before) / seconds(started));
        lines.accept(
            "readings/s %,10.0f   plain journal events/s %,10.0f"
                .formatted(engine.get(i), ceiling.get(i)));
      }
    }
    double middle = median(engine);
    lines.accept(
        "middle     %,10.0f   %,10.0f   ratio %.2f"
            .formatted(middle, median(ceiling), middle / median(ceiling)));
  }

  private double window(MeteredFleet fleet) {
    ThreadTimes before = ThreadTimes.of(ProcessHandle.current().pid());
    long started = System.nanoTime();
    long end = started + plan.window().toNanos();
    Queue<CompletableFuture<Reply>> asked = new ArrayDeque<>();
    long taken = 0;
    while (System.nanoTime() < end || !asked.isEmpty()) {
      while (asked.size() < plan.inFlight() && System.nanoTime() < end) {
        asked.add(fleet.ask(new ReportGas(fleet.readings(plan.batch()))));
      }
      taken += charged(asked.remove());
    }
    double perSecond = taken / seconds(started);
    long position = fleet.engine().replica().head().last();
    long followedFrom = System.nanoTime();
    try {
      while (!fleet.engine().receipts().await(position, 60_000)) {
        lines.accept("the log of receipts is a minute behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ThreadTimes used = ThreadTimes.of(ProcessHandle.current().pid()).minus(before);
    lines.accept(
        "receipts %.2f s later; processors: %s"
            .formatted(seconds(followedFrom), used.perAnswer(taken)));
    return perSecond;
  }

  private static long charged(CompletableFuture<Reply> asked) {
    GasResults results = (GasResults) MeteredFleet.done(asked).answer();
    long charged =
        results.results().stream()
            .filter(result -> result instanceof GasResults.Charged one && !one.charged().isZero())
            .count();
    if (charged != results.results().size()) {
      throw new IllegalStateException("readings were refused: " + results.results().get(0));
    }
    return charged;
  }

  private JournalHead appendAll(SqliteJournal journal, JournalHead from) {
    byte[] body = new EventCodec().encode(events());
    Author author = new Author(MeteredFleet.CELL, 1, "node-1");
    JournalHead head = from;
    long end = System.nanoTime() + plan.window().toNanos();
    while (System.nanoTime() < end) {
      JournalRow row = JournalRow.seal(author, head, EVENTS_PER_ROW, 1, body);
      journal.append(row);
      head = row.head();
    }
    return head;
  }

  private static List<StampedEvent> events() {
    List<StampedEvent> events = new ArrayList<>(EVENTS_PER_ROW);
    for (int i = 0; i < EVENTS_PER_ROW; i++) {
      GasCharged event =
          new GasCharged(
              AssignmentId.at(10_000 + i),
              100,
              700,
              7,
              0,
              Amount.of(56),
              Amount.of(14),
              false,
              null);
      events.add(new StampedEvent(event, new Moment(i + 1, System.currentTimeMillis())));
    }
    return events;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
