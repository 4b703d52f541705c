package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.ReferencePriceMoved;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.receipt.ReceiptBatch;
import io.phalanx.scheduler.receipt.ReceiptQuery;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.receipt.StoredCorrection;
import io.phalanx.scheduler.receipt.StoredReceipt;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReceiptKeeperTest {
  private static final int EVENTS = 1_000;

  @TempDir Path folder;
  private SqliteReceipts file;

  @BeforeEach
  void open() {
    file = SqliteReceipts.open(folder);
  }

  @AfterEach
  void close() {
    file.close();
  }

  private static ReceiptKeeper keeper(ReceiptStore store) {
    return new ReceiptKeeper(new SignedLog(store, SigningKey.of(new byte[SigningKey.SEED_BYTES])));
  }

  /** The n-th batch, of a thousand events that make no receipts. */
  private static Replica.CommittedBatch batch(int number) {
    long last = (long) number * EVENTS;
    StampedEvent event = new StampedEvent(new ReferencePriceMoved(1), new Moment(last, last));
    return new Replica.CommittedBatch(
        new JournalHead(last, Hash.ZERO, 1), Collections.nCopies(EVENTS, event), List.of());
  }

  @Nested
  class Follow {
    @Test
    void saysWhenItHasComeToWhereTheJournalWas() throws InterruptedException {
      try (ReceiptKeeper keeper = keeper(file)) {
        keeper.take(batch(1));
        keeper.take(batch(2));
        assertThat(keeper.reached()).isZero();
        keeper.start(2L * EVENTS);
        assertThat(keeper.await(2L * EVENTS, 10_000)).isTrue();
        assertThat(keeper.isRebuilt()).isTrue();
      }
      assertThat(file.followed()).isEqualTo(2L * EVENTS);
    }

    @Test
    void isNotRebuiltBeforeThat() {
      ReceiptKeeper keeper = keeper(file);
      keeper.start(EVENTS);
      assertThat(keeper.isRebuilt()).isFalse();
      keeper.take(batch(1));
      keeper.close();
      assertThat(keeper.isRebuilt()).isTrue();
    }

    /** While it recovers nobody takes what is queued but the one who queues it. */
    @Test
    @Timeout(60)
    void needsNoMoreMemoryForALongJournal() {
      ReceiptKeeper keeper = keeper(file);
      for (int number = 1; number <= 600; number++) {
        keeper.take(batch(number));
      }
      assertThat(keeper.reached()).isPositive();
      keeper.start(600L * EVENTS);
      keeper.close();
      assertThat(file.followed()).isEqualTo(600L * EVENTS);
    }
  }

  @Nested
  class AFault {
    @Test
    @Timeout(60)
    void ofTheLogStopsNoCommits() throws InterruptedException {
      Faulty store = new Faulty(file);
      try (ReceiptKeeper keeper = keeper(store)) {
        keeper.start(0);
        for (int number = 1; number <= 1_000; number++) {
          keeper.take(batch(number));
        }
        store.failed.await();
        assertThat(keeper.reached()).isZero();
      }
      assertThat(file.followed()).isZero();
    }
  }

  /** A store with a bug. */
  private record Faulty(ReceiptStore file, CountDownLatch failed) implements ReceiptStore {
    Faulty(ReceiptStore file) {
      this(file, new CountDownLatch(1));
    }

    @Override
    public void write(ReceiptBatch batch) {
      failed.countDown();
      throw new IllegalStateException("a bug");
    }

    @Override
    public long followed() {
      return file.followed();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public Optional<StoredReceipt> at(long position) {
      return file.at(position);
    }

    @Override
    public List<StoredReceipt> page(ReceiptQuery query) {
      return file.page(query);
    }

    @Override
    public Optional<String> seal(long number) {
      return file.seal(number);
    }

    @Override
    public Optional<String> sealBefore(long number) {
      return file.sealBefore(number);
    }

    @Override
    public long leafAt(long atMs) {
      return file.leafAt(atMs);
    }

    @Override
    public List<StoredCorrection> corrections(long fromMs, long toMs) {
      return file.corrections(fromMs, toMs);
    }

    @Override
    public Optional<String> rewardFacts() {
      return file.rewardFacts();
    }

    @Override
    public List<String> rewardMiners() {
      return file.rewardMiners();
    }

    @Override
    public Optional<byte[]> inputs(long number, int chunk) {
      return file.inputs(number, chunk);
    }

    @Override
    public Map<String, String> paid(long number) {
      return file.paid(number);
    }

    @Override
    public List<Hash> hashes(int level, long index) {
      return file.hashes(level, index);
    }

    @Override
    public void close() {
      // the file is closed by who opened it
    }
  }
}
