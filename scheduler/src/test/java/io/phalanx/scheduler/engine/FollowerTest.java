package io.phalanx.scheduler.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.UnknownEventException;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.unit.Amount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose leader, here the test, runs a newer version. */
final class FollowerTest {
  private static final String CELL = "main";

  @TempDir Path folder;

  private final AtomicBoolean isItsTurn = new AtomicBoolean();
  private final AtomicLong ledIn = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private SqliteJournal journal;
  private Author leader;
  private Sequencer sequencer;
  private Replica replica;

  /** Leads when it is told to. */
  private final class WhenTold implements Leadership {
    @Override
    public OptionalLong awaitTurn(LongSupplier newestEpoch) throws InterruptedException {
      Thread.sleep(5);
      return isItsTurn.get() ? OptionalLong.of(newestEpoch.getAsLong()) : OptionalLong.empty();
    }

    @Override
    public void claimed(long epoch) {
      ledIn.set(epoch);
    }

    @Override
    public boolean keeps() {
      return true;
    }

    @Override
    public boolean holds() {
      return true;
    }

    @Override
    public void committed(long position) {}

    @Override
    public void ended(boolean fenced) {
      ended.set(true);
    }

    @Override
    public void resign() {
      isItsTurn.set(false);
    }
  }

  @BeforeEach
  void open() {
    journal = SqliteJournal.open(folder, CELL);
    leader = new Author(CELL, journal.claimEpoch(0), "newer");
    append(new LeaderTookOver(1, "newer", 0));
    replica = new Replica(JournalRow.genesis(CELL).head());
    EngineSettings settings =
        new EngineSettings(
            "older",
            InstantSource.system(),
            EngineMeter.NONE,
            1_000,
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            7);
    sequencer =
        new Sequencer(
            journal,
            () -> SqliteJournal.open(folder, CELL),
            replica,
            new Liveness(),
            settings,
            new WhenTold());
  }

  @AfterEach
  void close() {
    sequencer.close();
  }

  private void append(Event event) {
    Moment moment = new Moment(journal.head().last() + 1, 1_000);
    byte[] body = new EventCodec().encode(List.of(new StampedEvent(event, moment)));
    journal.append(JournalRow.seal(leader, journal.head(), 1, 1_000, body));
  }

  /** One event that is known and one behind it that only a newer version knows, in one row. */
  private void appendNewer() {
    Moment moment = new Moment(journal.head().last() + 1, 1_000);
    Deposited known = new Deposited("dev", Amount.of(1), "ref-" + moment.position());
    String body =
        new String(new EventCodec().encode(List.of(new StampedEvent(known, moment))), UTF_8)
            + "{\"t\":1000,\"e\":\"miner-blessed/1\",\"d\":{\"minerId\":\"a\"}}\n";
    journal.append(JournalRow.seal(leader, journal.head(), 2, 1_000, body.getBytes(UTF_8)));
  }

  @Nested
  class AtAnEventOfANewerVersion {

    @Test
    void stopsBeforeItsRowAndSaysWhy() {
      sequencer.start();
      append(new Deposited("dev", Amount.of(5), "ref"));
      TestEngine.await(() -> replica.head().last() == 2);
      appendNewer();
      TestEngine.await(() -> sequencer.failure().isPresent());

      assertThat(sequencer.failure())
          .get()
          .isInstanceOf(UnknownEventException.class)
          .extracting(Throwable::getMessage)
          .asString()
          .contains("Event 4", "miner-blessed/1", "Update this node.");
      assertThat(replica.head().last()).isEqualTo(2);
      assertThat(replica.<Amount>read(state -> state.ledger().of("dev").available()))
          .isEqualTo(Amount.of(5));
    }

    @Test
    void doesNotLeadAndGivesUpWhatItHasClaimed() {
      appendNewer();
      isItsTurn.set(true);
      sequencer.start();
      TestEngine.await(ended::get);

      assertThat(ledIn).hasValue(2);
      assertThat(sequencer.failure()).get().isInstanceOf(UnknownEventException.class);
      assertThat(sequencer.isLeading()).isFalse();
      assertThat(replica.head().last()).isEqualTo(1);
    }
  }
}
