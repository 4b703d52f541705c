package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands closed settlements to the payout layer: in order, at least once, the same bytes each time,
 * never skipping one.
 */
final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final long LOOK_EVERY_MS = 1000;
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = Duration.ofMinutes(5).toMillis();
  private static final double SPREAD = 0.2;
  private static final long ANSWER_WITHIN_MS = 10_000;
  private static final long SEALED_WITHIN_MS = 5_000;

  private final Semaphore signal = new Semaphore(0);
  private final Replica replica;
  private final Sequencer sequencer;
  private final Way way;
  private final RandomGenerator random;
  private final EngineMeter meter;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * From where to where.
   *
   * @param receipts seals what is closed
   * @param receiver the payout layer's end
   */
  record Way(ReceiptKeeper receipts, SettlementReceiver receiver) {}

  Outbox(Replica replica, Sequencer sequencer, Way way, RandomGenerator random, EngineMeter meter) {
    this.replica = replica;
    this.sequencer = sequencer;
    this.way = way;
    this.random = random;
    this.meter = meter;
    this.thread = new Thread(this::run, "phalanx-outbox");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long pauseMs = FIRST_PAUSE_MS;
    while (!closing) {
      try {
        Optional<Settlement> next =
            sequencer.isLeading()
                ? replica.read(state -> state.settlements().oldestUndelivered())
                : Optional.empty();
        if (next.isEmpty()) {
          signal.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
          signal.drainPermits();
        } else if (deliver(next.get())) {
          pauseMs = FIRST_PAUSE_MS;
        } else {
          Thread.sleep((long) (pauseMs * (1 + SPREAD * (2 * random.nextDouble() - 1))));
          pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("event=outbox-failed", e);
      }
    }
  }

  private boolean deliver(Settlement settlement) throws InterruptedException {
    if (!way.receipts().await(settlement.position(), SEALED_WITHIN_MS)) {
      LOG.warn("event=settlement-not-sealed number={}", settlement.number());
      return false;
    }
    SettlementSeal seal = way.receipts().seal(settlement.number()).orElseThrow();
    long started = System.nanoTime();
    boolean taken = way.receiver().deliver(settlement, seal);
    meter.delivery(taken, System.nanoTime() - started);
    if (!taken) {
      LOG.warn("event=settlement-not-taken number={}", settlement.number());
      return false;
    }
    CountDownLatch answered = new CountDownLatch(1);
    MarkSettlementDelivered command = new MarkSettlementDelivered(settlement.number());
    sequencer.submit(new Submission(command, null, reply -> answered.countDown()));
    return answered.await(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
  }
}
