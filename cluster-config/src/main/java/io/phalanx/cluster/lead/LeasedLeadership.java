package io.phalanx.cluster.lead;

import io.phalanx.scheduler.engine.Leadership;
import io.phalanx.scheduler.journal.Lease;
import io.phalanx.scheduler.journal.Lease.Standing;
import io.phalanx.scheduler.journal.StoreFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads by a lease in the store. Its thread renews the lease while this node holds it, and watches
 * it while another does; no two nodes' clocks are ever compared, each counts on its own.
 */
public final class LeasedLeadership implements Leadership, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedLeadership.class);
  private static final long NOTHING = -1;

  private final Semaphore news = new Semaphore(0);
  private final Semaphore lookNow = new Semaphore(0);
  private final String node;
  private final Lease lease;
  private final LeaseTimes times;
  private final Hints hints;
  private final Leaders leaders;
  private final Clocks clocks;
  private final Thread thread;

  private volatile boolean closing;
  private volatile boolean resigned;
  private volatile boolean lost;
  private volatile boolean clockIsOff;
  private volatile long leadingEpoch = NOTHING;
  private volatile long validUntil;
  private volatile long turn = NOTHING;
  private volatile long backOffUntil;
  private volatile @Nullable String goneNode;
  private volatile @Nullable Standing seen;
  private volatile long seenAt;
  private long renewedAt;

  /**
   * Where time and chance come from.
   *
   * @param nanos a monotonic clock
   * @param wall the wall clock, only compared to the store's
   * @param random spreads back-offs
   */
  public record Clocks(LongSupplier nanos, InstantSource wall, RandomGenerator random) {}

  /**
   * A leadership that does not look yet.
   *
   * @param node this node's name
   * @param lease what stands in the store
   * @param times how long is waited for what
   * @param hints tells the others
   * @param leaders hears who leads
   * @param clocks time and chance
   */
  public LeasedLeadership(
      String node, Lease lease, LeaseTimes times, Hints hints, Leaders leaders, Clocks clocks) {
    this.leaders = leaders;
    this.node = node;
    this.lease = lease;
    this.times = times;
    this.hints = hints;
    this.clocks = clocks;
    this.backOffUntil = clocks.nanos().getAsLong();
    this.thread = new Thread(this::run, "phalanx-lease");
    this.thread.setDaemon(true);
  }

  /** Begins to look at the lease. */
  public void start() {
    thread.start();
  }

  @Override
  public OptionalLong awaitTurn(LongSupplier newestEpoch) throws InterruptedException {
    if (turn == NOTHING && news.tryAcquire(times.look().toNanos(), TimeUnit.NANOSECONDS)) {
      news.drainPermits();
    }
    long epoch = turn;
    turn = NOTHING;
    return epoch == NOTHING || resigned ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  @Override
  public void claimed(long epoch) {
    long sentAt = now();
    lease.take(epoch, node);
    lost = false;
    renewedAt = sentAt;
    validUntil = sentAt + times.valid().toNanos();
    leadingEpoch = epoch;
  }

  @Override
  public boolean keeps() {
    return !resigned && !lost && !clockIsOff;
  }

  @Override
  public boolean holds() {
    return !lost && now() - validUntil < 0;
  }

  @Override
  public void committed(long position) {
    hints.committed(position);
  }

  @Override
  public void ended(boolean fenced) {
    long epoch = leadingEpoch;
    leadingEpoch = NOTHING;
    if (fenced) {
      Duration least = times.backOffLeast();
      long spread = times.backOffMost().minus(least).toNanos();
      backOffUntil = now() + least.toNanos() + clocks.random().nextLong(spread);
    } else if (epoch != NOTHING && resigned) {
      release(epoch);
    }
  }

  @Override
  public void resign() {
    resigned = true;
    wake();
  }

  /** Whether another node has renewed the lease lately. */
  public boolean isHeldElsewhere() {
    Standing standing = seen;
    return standing != null
        && !standing.released()
        && !standing.node().equals(node)
        && standing.epoch() == standing.newestEpoch()
        && now() - seenAt < times.patience().toNanos();
  }

  /** Somebody has seen that a node is gone: if it leads, less of its silence is enough. */
  public void gone(String goneNodeId) {
    goneNode = goneNodeId;
    lookNow();
  }

  /** Somebody says that there is something new in the store. */
  public void wake() {
    news.release();
  }

  /** There may be something new about the lease: looks now. */
  public void lookNow() {
    lookNow.release();
  }

  @Override
  public void close() {
    closing = true;
    lookNow();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lease.close();
  }

  private void release(long epoch) {
    try {
      lease.release(epoch);
      hints.released();
      LOG.info("event=lease-released node={} epoch={}", node, epoch);
    } catch (StoreFailedException e) {
      LOG.warn("event=lease-not-released node={} reason={}", node, e.getMessage());
    }
  }

  private void run() {
    while (!closing) {
      try {
        look();
      } catch (StoreFailedException e) {
        LOG.debug("event=lease-unreachable node={} reason={}", node, e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("event=lease-failed node={}", node, e);
      }
      pause();
    }
  }

  private void pause() {
    try {
      if (lookNow.tryAcquire(times.look().toNanos(), TimeUnit.NANOSECONDS)) {
        lookNow.drainPermits();
      }
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  /** One look: renews what is held, watches what is not. Not to be called from several threads. */
  void look() {
    long epoch = leadingEpoch;
    if (epoch == NOTHING) {
      watch();
    } else if (now() - renewedAt >= times.renew().toNanos()) {
      renew(epoch);
    }
  }

  private void renew(long epoch) {
    long sentAt = now();
    if (lease.renew(epoch)) {
      renewedAt = sentAt;
      validUntil = sentAt + times.valid().toNanos();
      lookAtStanding();
    } else if (leadingEpoch == epoch) {
      lost = true;
    }
    seen = null; // what was seen before this term says nothing after it
  }

  private void watch() {
    long askedAt = now();
    Standing standing = lookAtStanding();
    Standing before = seen;
    if (before == null || !standing.isSilentSince(before)) {
      seen = standing;
      seenAt = now(); // when it was certainly there, not when it was asked for
      turn = NOTHING;
    }
    boolean isFree = standing.released() && standing.newestEpoch() == standing.epoch();
    boolean isSilent = askedAt - seenAt >= patience(standing).toNanos();
    if ((isFree || isSilent) && !resigned && !clockIsOff && now() - backOffUntil >= 0) {
      seen = null;
      goneNode = null;
      turn = standing.newestEpoch();
      wake();
    }
  }

  private Standing lookAtStanding() {
    long askedAtMs = clocks.wall().millis();
    Standing standing = lease.look();
    compareClocks(standing.storeClockMs(), askedAtMs, clocks.wall().millis());
    boolean isHeld = !standing.released() && standing.epoch() == standing.newestEpoch();
    if (isHeld) {
      leaders.leads(standing.node(), standing.epoch());
    }
    return standing;
  }

  private Duration patience(Standing standing) {
    return standing.node().equals(goneNode) ? times.hintedPatience() : times.patience();
  }

  private void compareClocks(long storeMs, long beforeMs, long afterMs) {
    long offMs = Math.max(beforeMs - storeMs, storeMs - afterMs);
    boolean isOff = offMs > times.clockTolerance().toMillis();
    if (isOff != clockIsOff) {
      LOG.warn("event=clock-{} node={} offMs={}", isOff ? "off" : "right-again", node, offMs);
    }
    clockIsOff = isOff;
  }

  private long now() {
    return clocks.nanos().getAsLong();
  }
}
