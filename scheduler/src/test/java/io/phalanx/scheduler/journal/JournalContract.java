package io.phalanx.scheduler.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.phalanx.scheduler.journal.FencedException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every journal does, whatever it is kept in. */
abstract class JournalContract {
  Journal journal;

  /** Opens the journal of this test, the same one each time. */
  abstract Journal openJournal();

  @BeforeEach
  void open() {
    journal = openJournal();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private static Reason refusal(Journal journal, JournalRow row) {
    return catchThrowableOfType(FencedException.class, () -> journal.append(row)).reason();
  }

  @Nested
  class Open {
    @Test
    void beginsWithTheGenesis() {
      assertThat(journal.head()).isEqualTo(JournalRow.genesis(Scribe.CELL).head());
      assertThat(journal.epoch()).isZero();
      assertThat(Scribe.readAll(journal)).isEmpty();
    }

    @Test
    void findsWhatWasWrittenBeforeTheLastClose() {
      List<JournalRow> written = Scribe.leading(journal, "a").writeRows(20);
      journal.close();
      open();

      assertThat(Scribe.readAll(journal)).isEqualTo(written);
      assertThat(journal.epoch()).isEqualTo(1);
    }
  }

  @Nested
  class ClaimEpoch {
    @Test
    void raisesTheEpochByOne() {
      assertThat(journal.claimEpoch(0)).isEqualTo(1);
      assertThat(journal.claimEpoch(1)).isEqualTo(2);
      assertThat(journal.epoch()).isEqualTo(2);
    }

    @Test
    void leavesEpochsOutWhereThoseBetweenMayHaveBeenAnothers() {
      journal.claimEpoch(0);

      assertThat(journal.claimEpoch(1, 1_000)).isEqualTo(1_000);
      assertThat(journal.epoch()).isEqualTo(1_000);
      assertThatThrownBy(() -> journal.claimEpoch(1, 2_000)).isInstanceOf(FencedException.class);
    }

    @Test
    void neverGoesBack() {
      journal.claimEpoch(0);

      assertThatThrownBy(() -> journal.claimEpoch(1, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(journal.epoch()).isEqualTo(1);
    }

    @Test
    void isRefusedWhenAnotherCameFirst() {
      journal.claimEpoch(0);

      assertThatThrownBy(() -> journal.claimEpoch(0)).isInstanceOf(FencedException.class);
      assertThat(journal.epoch()).isEqualTo(1);
    }

    @Test
    void writesNoRow() {
      journal.claimEpoch(0);

      assertThat(journal.head().epoch()).isZero();
    }
  }

  @Nested
  class Append {
    @Test
    void takesARowThatLeavesPositionsOut() {
      Scribe leader = Scribe.leading(journal, "a");
      leader.write(2);
      Author author = new Author(Scribe.CELL, journal.epoch(), "a");
      JournalRow wide = JournalRow.sealTo(author, journal.head(), 1L << 40, 1, new byte[] {1});
      journal.append(wide);
      JournalRow next = Scribe.leading(journal, "b").write(1);

      assertThat(next.first()).isEqualTo((1L << 40) + 1);
      assertThat(Scribe.readAll(journal)).hasSize(3).endsWith(wide, next);
      assertThat(journal.holding(1_000)).contains(wide);
      assertThat(journal.readAfter(wide.head(), row -> {})).isEqualTo(next.head());
    }

    @Test
    void movesTheHead() {
      JournalRow row = Scribe.leading(journal, "a").write(3);

      assertThat(journal.head()).isEqualTo(new JournalHead(3, row.hash(), 1));
    }

    @Test
    void isRefusedUnderAStaleEpoch() {
      Scribe stale = Scribe.leading(journal, "a");
      stale.write(2);
      Scribe.leading(journal, "b");

      assertThat(refusal(journal, stale.next(1))).isEqualTo(Reason.EPOCH_IS_STALE);
      assertThat(journal.head().last()).isEqualTo(2);
    }

    @Test
    void isRefusedUnderAnEpochThatNobodyClaimed() {
      JournalRow row =
          JournalRow.seal(new Author(Scribe.CELL, 5, "a"), journal.head(), 1, 1, new byte[1]);

      assertThat(refusal(journal, row)).isEqualTo(Reason.EPOCH_IS_STALE);
    }

    @Test
    void isRefusedForTheSecondRowWhenTheFirstWas() {
      Scribe leader = Scribe.leading(journal, "a");
      JournalRow refused = leader.next(1);
      leader.write(2);

      assertThat(refusal(journal, refused)).isEqualTo(Reason.POSITION_IS_TAKEN);
      assertThat(refusal(journal, leader.after(refused))).isEqualTo(Reason.PREDECESSOR_IS_MISSING);
      assertThat(journal.head().last()).isEqualTo(2);
    }

    @Test
    void isRefusedForAnotherRowBehindTheSamePredecessor() {
      Scribe leader = Scribe.leading(journal, "a");
      leader.write(2);
      JournalRow longer = leader.next(5);
      leader.write(1);

      assertThat(refusal(journal, longer)).isEqualTo(Reason.POSITION_IS_TAKEN);
    }

    @Test
    void isASuccessForARowThatIsThere() {
      Scribe leader = Scribe.leading(journal, "a");
      JournalRow row = leader.write(2);
      leader.write(1);
      journal.append(row);
      Scribe.leading(journal, "b").write(1);
      journal.append(row);

      assertThat(Scribe.readAll(journal)).hasSize(3).startsWith(row);
    }

    @Test
    void takesARowThatWasSentToAJournalThatCouldNotSayWhetherItIsThere() {
      Scribe leader = Scribe.leading(journal, "a");
      leader.write(2);
      JournalRow row = leader.next(1);
      journal.close();
      open();
      journal.append(row);
      journal.append(row);

      assertThat(journal.head()).isEqualTo(row.head());
    }

    @Test
    void isABugForARowOfAnotherCell() {
      JournalRow row =
          JournalRow.seal(new Author("other", 0, "a"), journal.head(), 1, 1, new byte[1]);

      assertThatThrownBy(() -> journal.append(row)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Read {
    @Test
    void handsOverEveryRowFromTheOneThatHoldsThePosition() {
      List<JournalRow> written = Scribe.leading(journal, "a").writeRows(6); // 1, 2-3, 4-6, 7, ...
      List<JournalRow> read = new ArrayList<>();

      assertThat(journal.read(5, read::add)).isEqualTo(12);
      assertThat(read).isEqualTo(written.subList(2, 6));
    }

    @Test
    void handsOverNothingBehindTheEnd() {
      Scribe.leading(journal, "a").writeRows(3);

      assertThat(journal.read(7, row -> Assertions.fail(row))).isEqualTo(6);
    }

    @Test
    void goesOverManyFetches() {
      List<JournalRow> written =
          Scribe.leading(journal, "a").writeRows(JournalTable.FETCH_ROWS + 10);

      assertThat(Scribe.readAll(journal)).isEqualTo(written);
    }

    @Test
    void keepsBodiesAsTheyWere() {
      JournalRow row = Scribe.leading(journal, "a").write(1);

      assertThat(Scribe.readAll(journal).get(0).body()).isEqualTo(row.body());
    }

    @Test
    void endsWithTheReadersException() {
      Scribe.leading(journal, "a").writeRows(3);

      assertThatThrownBy(
              () ->
                  journal.read(
                      0,
                      row -> {
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");
      assertThat(Scribe.readAll(journal)).hasSize(3);
    }

    @Test
    void seesAWholeChainWhileRowsAreAppended() throws InterruptedException {
      Scribe leader = Scribe.leading(journal, "a");
      leader.writeRows(50);
      Thread appending = new Thread(() -> leader.writeRows(300));
      appending.start();
      int least = 50;
      while (appending.isAlive()) {
        int seen = Scribe.readAll(journal).size();
        assertThat(seen).isGreaterThanOrEqualTo(least);
        least = seen;
      }
      appending.join();

      assertThat(Scribe.readAll(journal)).hasSize(350);
    }
  }

  @Nested
  class ReadAfter {
    @Test
    void handsOverWhatFollowsAHead() {
      List<JournalRow> written = Scribe.leading(journal, "a").writeRows(6);
      List<JournalRow> read = new ArrayList<>();

      assertThat(journal.readAfter(written.get(3).head(), read::add))
          .isEqualTo(written.get(5).head());
      assertThat(read).isEqualTo(written.subList(4, 6));
    }

    @Test
    void staysWhereItWasAtTheEnd() {
      Scribe.leading(journal, "a").writeRows(3);

      assertThat(journal.readAfter(journal.head(), row -> Assertions.fail(row)))
          .isEqualTo(journal.head());
    }

    @Test
    void tellsThatTheJournalWentBack() {
      Scribe leader = Scribe.leading(journal, "a");
      leader.writeRows(3);
      JournalHead beyond = leader.next(4).head();
      JournalHead different = new JournalHead(6, Hash.ZERO, 1);
      JournalHead withinARow = new JournalHead(5, journal.head().hash(), 1);

      for (JournalHead seen : List.of(beyond, different, withinARow)) {
        assertThatThrownBy(() -> journal.readAfter(seen, row -> Assertions.fail(row)))
            .isInstanceOf(JournalWentBackException.class)
            .hasMessageContaining("journal-went-back");
      }
    }
  }

  @Nested
  class Close {
    @Test
    void isHarmlessTwice() {
      journal.close();
      journal.close();
    }

    @Test
    void leavesNothingToUse() {
      JournalRow row = Scribe.leading(journal, "a").next(1);
      journal.close();

      assertThatThrownBy(() -> journal.append(row)).isInstanceOf(StoreFailedException.class);
      assertThatThrownBy(journal::head).isInstanceOf(StoreFailedException.class);
    }
  }

  private static final class Assertions {
    static void fail(JournalRow row) {
      throw new AssertionError("handed over: " + row);
    }
  }
}
