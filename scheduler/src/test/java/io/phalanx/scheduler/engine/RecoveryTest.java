package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.CorruptJournalException;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.unit.Amount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryTest {

  private static final String CELL = "main";
  private static final int EVENTS_PER_ROW = 50;

  @TempDir Path folder;

  private SqliteJournal open() {
    return SqliteJournal.open(folder, CELL);
  }

  private FileSnapshotStore snapshots() {
    return new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER));
  }

  private Replica recover(long historyFollowed) {
    try (SqliteJournal journal = open()) {
      return Recovery.recover(journal, snapshots(), historyFollowed, replica -> {});
    }
  }

  /** Appends rows of deposits of 1 each, and says where the journal ends. */
  private JournalHead fill(int rows) {
    try (SqliteJournal journal = open()) {
      Author author = new Author(CELL, journal.claimEpoch(journal.epoch()), "node-1");
      for (int i = 0; i < rows; i++) {
        journal.append(row(author, journal.head()));
      }
      return journal.head();
    }
  }

  private static JournalRow row(Author author, JournalHead head) {
    List<StampedEvent> events = new ArrayList<>();
    for (int i = 1; i <= EVENTS_PER_ROW; i++) {
      long position = head.last() + i;
      Deposited event = new Deposited("dev", Amount.of(1), "ref-" + position);
      events.add(new StampedEvent(event, new Moment(position, 1_000)));
    }
    return JournalRow.seal(author, head, events.size(), 1_000, new EventCodec().encode(events));
  }

  private void snapshot(Replica replica) {
    replica.image(
        (image, head) -> {
          snapshots().save(head, out -> ImageCodec.write(image, out));
          return head;
        });
  }

  private static Amount balance(Replica replica) {
    return replica.read(state -> state.ledger().of("dev").available());
  }

  private void damage(int row) throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve(SqliteJournal.FILE);
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement update =
            connection.prepareStatement("UPDATE journal SET body = ? WHERE first = ?")) {
      update.setBytes(1, "{}".getBytes(StandardCharsets.UTF_8));
      update.setLong(2, (row - 1L) * EVENTS_PER_ROW + 1);
      assertThat(update.executeUpdate()).isOne();
    }
  }

  @Nested
  class Recover {

    @Test
    void foldsMoreThanTheFeedHoldsAheadInOrder() {
      JournalHead end = fill(1_000);
      Replica replica = recover(end.last());
      assertThat(replica.head()).isEqualTo(end);
      assertThat(balance(replica)).isEqualTo(Amount.of(50_000));
    }

    @Test
    void goesOnFromASnapshot() {
      snapshot(recover(fill(40).last()));
      JournalHead end = fill(40);
      List<JournalHead> beganAt = new ArrayList<>();
      try (SqliteJournal journal = open()) {
        Replica replica =
            Recovery.recover(
                journal, snapshots(), end.last(), prepared -> beganAt.add(prepared.head()));
        assertThat(balance(replica)).isEqualTo(Amount.of(4_000));
      }
      assertThat(beganAt).extracting(JournalHead::last).containsExactly(2_000L);
    }

    @Test
    void passesOverASnapshotThatTheHistoryHasNotComeTo() {
      snapshot(recover(fill(20).last()));
      snapshot(recover(fill(20).last()));
      JournalHead end = fill(1);
      List<Long> beganAt = new ArrayList<>();
      try (SqliteJournal journal = open()) {
        Replica replica =
            Recovery.recover(
                journal, snapshots(), 1_999, prepared -> beganAt.add(prepared.head().last()));
        assertThat(replica.head()).isEqualTo(end);
      }
      assertThat(beganAt).containsExactly(1_000L);
    }

    @Test
    void refusesADamagedRowBeforeTheSnapshotAndNamesIt() throws Exception {
      JournalHead end = fill(80);
      snapshot(recover(end.last()));
      damage(40);
      assertThatThrownBy(() -> recover(end.last()))
          .isInstanceOf(CorruptJournalException.class)
          .hasMessageContaining("1951");
    }

    @Test
    void refusesADamagedRowBehindTheSnapshot() throws Exception {
      snapshot(recover(fill(40).last()));
      JournalHead end = fill(40);
      damage(60);
      assertThatThrownBy(() -> recover(end.last()))
          .isInstanceOf(CorruptJournalException.class)
          .hasMessageContaining("2951");
    }

    @Test
    void refusesAJournalThatWentBackBehindItsSnapshot() {
      fill(20);
      JournalHead beyond = new JournalHead(1_050, JournalRow.genesis("other").hash(), 1);
      snapshots().save(beyond, out -> ImageCodec.write(recover(1_000).image((i, h) -> i), out));
      assertThatThrownBy(() -> recover(2_000)).isInstanceOf(JournalWentBackException.class);
    }

    @Test
    void refusesEventsThatDoNotFitAndReleasesTheJournal() {
      try (SqliteJournal journal = open()) {
        Author author = new Author(CELL, journal.claimEpoch(journal.epoch()), "node-1");
        byte[] body =
            "{\"t\":1,\"e\":\"unheard-of/1\",\"d\":{}}\n".getBytes(StandardCharsets.UTF_8);
        journal.append(JournalRow.seal(author, journal.head(), 1, 1, body));
      }
      assertThatThrownBy(() -> recover(0))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("unheard-of/1");
      try (SqliteJournal journal = open()) {
        assertThat(journal.head().last()).isOne();
      }
    }
  }
}
