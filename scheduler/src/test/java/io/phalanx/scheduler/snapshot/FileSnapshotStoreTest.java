package io.phalanx.scheduler.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.journal.JournalHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotStoreTest {
  @TempDir Path data;
  private Path folder;
  private SnapshotStore store;
  private final List<String> passedOver = new ArrayList<>();

  @BeforeEach
  void open() {
    folder = data.resolve(FileSnapshotStore.FOLDER);
    store = new FileSnapshotStore(folder);
  }

  private static JournalHead head(long position) {
    return new JournalHead(position, new Hash(position, 2, 3, 4), 7);
  }

  private void save(long position) {
    store.save(head(position), out -> out.write(state(position)));
  }

  private static byte[] state(long position) {
    return ("the state at " + position).repeat(1_000).getBytes(UTF_8);
  }

  private Optional<JournalHead> newest() {
    return store.newest(
        (at, in) -> {
          assertThat(in.readAllBytes()).isEqualTo(state(at.last()));
          return at;
        },
        (name, reason) -> passedOver.add(name + ": " + reason));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path file(long position) throws IOException {
    return files().stream()
        .filter(f -> f.toString().contains("0" + position + "."))
        .findAny()
        .get();
  }

  @Nested
  class Save {
    @Test
    void keepsTheNewestTwo() throws IOException {
      for (long position : new long[] {5, 17, 120}) {
        save(position);
      }

      assertThat(files()).containsExactly(file(17), file(120));
    }

    @Test
    void leavesNothingOfOneThatTheDiskHadNoRoomFor() throws IOException {
      save(5);
      SnapshotStore.Writer tooMuch =
          out -> {
            out.write(state(17));
            throw new IOException("No space left on device");
          };

      assertThatThrownBy(() -> store.save(head(17), tooMuch))
          .isInstanceOf(SnapshotFailedException.class);
      assertThat(files()).containsExactly(file(5));
    }

    @Test
    void leavesThoseBeforeWhenTheWriterFails() {
      save(5);

      assertThatThrownBy(
              () ->
                  store.save(
                      head(9),
                      out -> {
                        out.write(1);
                        throw new IOException("disk full");
                      }))
          .isInstanceOf(SnapshotFailedException.class)
          .hasRootCauseMessage("disk full");
      assertThat(newest()).contains(head(5));
      assertThat(passedOver).isEmpty();
    }

    @Test
    void removesThoseOfAJournalThatWentBack() throws IOException {
      save(100);
      save(200);
      save(150);

      assertThat(files()).containsExactly(file(100), file(150));
    }

    @Test
    void compresses() throws IOException {
      save(5);

      assertThat(Files.size(file(5))).isLessThan(state(5).length / 10);
    }
  }

  @Nested
  class Newest {
    @Test
    void isNothingAtFirst() {
      assertThat(newest()).isEmpty();
    }

    @Test
    void isTheOneAtTheHighestPosition() {
      save(9);
      save(10);

      assertThat(newest()).contains(head(10));
    }

    @Test
    void isStillThereInAnotherStore() {
      save(9);
      store = new FileSnapshotStore(folder);

      assertThat(newest()).contains(head(9));
    }

    @Test
    void isTheOneBeforeWhenAnyBitHasFlipped() throws IOException {
      save(5);
      save(10);
      byte[] whole = Files.readAllBytes(file(10));
      Random random = new Random(1);
      for (int i = 0; i < 200; i++) {
        byte[] bytes = whole.clone();
        int bit = i < 160 ? i : random.nextInt(bytes.length * 8); // all of magic and version
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file(10), bytes);

        assertThat(newest()).as("bit %d", bit).contains(head(5));
      }
      assertThat(passedOver).hasSize(200).allMatch(said -> said.contains("0010.phx: it"));
    }

    @Test
    void isTheOneBeforeWhenItIsTruncated() throws IOException {
      save(5);
      save(10);
      byte[] whole = Files.readAllBytes(file(10));
      for (int length = 0; length < whole.length; length += 7) {
        Files.write(file(10), Arrays.copyOf(whole, length));

        assertThat(newest()).as("length %d", length).contains(head(5));
      }
      assertThat(passedOver).hasSize((whole.length + 6) / 7);
    }

    @Test
    void namesAFormatThatItDoesNotKnow() throws IOException {
      save(5);
      byte[] bytes = Files.readAllBytes(file(5));
      ByteBuffer.wrap(bytes).putInt("phalanx-snapshot".length(), 2);
      Files.write(file(5), bytes);

      assertThat(newest()).isEmpty();
      assertThat(passedOver).singleElement().asString().endsWith("its format version is 2, not 1");
    }

    @Test
    void isTheOneBeforeWhenTheReaderCannotUseIt() {
      save(5);
      save(10);
      Optional<Long> used =
          store.newest(
              (at, in) -> {
                if (at.last() == 10) {
                  throw new SnapshotUnusableException("of another journal");
                }
                return at.last();
              },
              (name, reason) -> passedOver.add(reason));

      assertThat(used).contains(5L);
      assertThat(passedOver).containsExactly("of another journal");
    }

    @Test
    void isNotTheReadersBug() {
      save(5);

      assertThatThrownBy(
              () ->
                  store.newest(
                      (at, in) -> {
                        throw new IllegalStateException("bug");
                      },
                      (name, reason) -> passedOver.add(reason)))
          .hasMessage("bug");
    }
  }
}
