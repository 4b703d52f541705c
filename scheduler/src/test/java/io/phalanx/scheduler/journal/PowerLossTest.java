package io.phalanx.scheduler.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.phalanx.scheduler.journal.PowerLoss.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is left of the real journal when the power goes: its writes and syncs are recorded, and
 * disks made of them as a loss at any moment can leave them. {@code -Dphalanx.power-losses=N} makes
 * more, {@code -Dphalanx.power-loss.seed=S} others.
 */
final class PowerLossTest {
  private static final int LOSSES = Integer.getInteger("phalanx.power-losses", 2_000);
  private static final int WEAK_LOSSES = 200;
  private static final long SEED = Long.getLong("phalanx.power-loss.seed", 20_261_123);
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path folder;

  /** How many images show what. */
  private static final class Count {
    private final List<String> faults = new ArrayList<>();
    private int images;
    private int promised;
    private int unsynced;
    private int dropped;

    @Override
    public String toString() {
      return "%d images, %d with promises, %d with writes on their way, %d with some of them lost; %d broken"
          .formatted(images, promised, unsynced, dropped, faults.size());
    }
  }

  @BeforeEach
  void aRecorderIsHere() throws InterruptedException {
    assumeThat(DiskRecorder.isHere())
        .as("strace is not here, or may not look into processes: no power can be lost")
        .isTrue();
  }

  private Count lose(String synchronous, int losses) throws IOException, InterruptedException {
    Path store = Files.createDirectory(folder.resolve("store"));
    List<DiskOp> ops =
        DiskRecorder.record(
            store,
            folder.resolve("trace"),
            PowerLossWriter.class,
            store.toRealPath().toString(),
            synchronous);
    PowerLoss loss = new PowerLoss(ops, SEED);
    Count count = new Count();
    for (int i = 0; i < losses; i++) {
      look(loss.next(), i, count);
    }
    System.out.println("synchronous=" + synchronous + ": " + count);
    return count;
  }

  private void look(Image image, int number, Count count) throws IOException {
    count.images++;
    count.promised += image.promises().isEmpty() ? 0 : 1;
    count.unsynced += image.unsynced() > 0 ? 1 : 0;
    count.dropped += image.dropped() > 0 ? 1 : 0;
    Path disk = disk();
    try {
      image.write(disk);
      String fault = fault(disk, image);
      if (!fault.isEmpty()) {
        count.faults.add("image " + number + ": " + fault);
      }
    } finally {
      delete(disk);
    }
  }

  /** What is wrong with the disk, by the journal itself; empty if nothing is. */
  private static String fault(Path disk, Image image) {
    try (SqliteJournal journal = SqliteJournal.open(disk, Scribe.CELL)) {
      journal.read(0, row -> {});
      for (String promise : newest(image.promises())) {
        List<String> words = List.of(promise.split(" ", -1));
        long number = Long.parseLong(words.get(1));
        boolean kept =
            words.get(0).equals("epoch")
                ? journal.epoch() >= number
                : journal
                    .holding(number)
                    .filter(row -> row.last() == number && row.hash().hex().equals(words.get(2)))
                    .isPresent();
        if (!kept) {
          return "lost " + promise;
        }
      }
      Scribe.leading(journal, "after").write(1);
      return "";
    } catch (JournalException e) {
      return e.toString();
    }
  }

  /** The newest of each kind; a row's chain vouches for those before it. */
  private static List<String> newest(List<String> promises) {
    return Stream.of("epoch", "row")
        .flatMap(
            kind -> promises.stream().filter(p -> p.startsWith(kind)).reduce((a, b) -> b).stream())
        .toList();
  }

  /** In memory where that can be: the disks that are looked at need not survive anything. */
  private Path disk() throws IOException {
    return Files.isWritable(MEMORY)
        ? Files.createTempDirectory(MEMORY, "phalanx-power-loss")
        : Files.createTempDirectory(folder, "disk");
  }

  private static void delete(Path disk) throws IOException {
    try (Stream<Path> tree = Files.walk(disk)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Nested
  class AsBuilt {
    @Test
    void losesNothingThatWasPromised() throws Exception {
      Count count = lose(PowerLossWriter.AS_BUILT, LOSSES);

      assertThat(count.faults).isEmpty();
      assertThat(count.promised).as("losses after a promise").isPositive();
      assertThat(count.dropped).as("losses that lost a write").isPositive();
    }
  }

  @Nested
  class WithFewerSyncs {
    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "OFF"})
    void losesSomeOfIt(String synchronous) throws Exception {
      Count count = lose(synchronous, WEAK_LOSSES);

      assertThat(count.faults).as("images that show the fault").isNotEmpty();
    }
  }
}
