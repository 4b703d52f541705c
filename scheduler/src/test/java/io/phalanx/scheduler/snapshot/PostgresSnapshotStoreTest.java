package io.phalanx.scheduler.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresSnapshotStoreTest {
  private static final int STATE_BYTES = 3_000_000; // several parts, as chance does not compress

  private final PostgresServer server = TestPostgres.cell();
  private final SnapshotStore store = PostgresSnapshotStore.open(server);
  private final List<String> passedOver = new ArrayList<>();

  private static JournalHead head(long position) {
    return new JournalHead(position, new Hash(position, 2, 3, 4), 7);
  }

  private static byte[] state(long position) {
    byte[] state = new byte[STATE_BYTES];
    new Random(position).nextBytes(state);
    return state;
  }

  private void save(long position) {
    store.save(head(position), out -> out.write(state(position)));
  }

  private Optional<JournalHead> newest() {
    return PostgresSnapshotStore.open(server)
        .newest(
            (at, in) -> {
              assertThat(in.readAllBytes()).isEqualTo(state(at.last()));
              return at;
            },
            (name, reason) -> passedOver.add(name + ": " + reason));
  }

  private List<Long> kept() {
    List<Long> positions = new ArrayList<>();
    store.newest(
        (at, in) -> {
          positions.add(at.last());
          throw new SnapshotUnusableException("on to the one before");
        },
        (name, reason) -> {});
    return positions;
  }

  @Nested
  class Save {
    @Test
    void keepsTheNewestTwo() {
      for (long position : new long[] {5, 17, 120}) {
        save(position);
      }

      assertThat(kept()).containsExactly(120L, 17L);
    }

    @Test
    void replacesOneOfTheSamePosition() {
      save(5);
      save(5);

      assertThat(newest()).contains(head(5));
    }

    @Test
    void removesThoseOfAJournalThatWentBack() {
      save(100);
      save(200);
      save(150);

      assertThat(kept()).containsExactly(150L, 100L);
    }

    @Test
    void leavesThoseBeforeWhenTheWriterFails() {
      save(5);

      assertThatThrownBy(
              () ->
                  store.save(
                      head(9),
                      out -> {
                        throw new IOException("disk full");
                      }))
          .isInstanceOf(SnapshotFailedException.class);
      assertThat(newest()).contains(head(5));
    }
  }

  @Nested
  class Newest {
    @Test
    void isNothingAtFirst() {
      assertThat(newest()).isEmpty();
    }

    @Test
    void isTheOneBeforeWhenAPartIsMissingOrDamaged() throws SQLException {
      save(5);
      save(10);
      execute("UPDATE snapshot_part SET body = body || '\\x00' WHERE position = 10 AND part = 2");
      assertThat(newest()).contains(head(5));

      execute("DELETE FROM snapshot_part WHERE position = 10 AND part = 1");
      assertThat(newest()).contains(head(5));
      assertThat(passedOver).hasSize(2).allMatch(said -> said.startsWith("snapshot 10: it"));
    }

    private void execute(String sql) throws SQLException {
      try (Connection connection = server.open();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
