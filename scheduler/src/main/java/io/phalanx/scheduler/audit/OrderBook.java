package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.event.AccessEvent.KeyIssued;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.MinerEvent.MinerTermsChanged;
import io.phalanx.scheduler.event.MinerEvent.StakeStated;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.event.SystemEvent.RoundCommitted;
import io.phalanx.scheduler.event.TrustEvent.CollateralFiled;
import io.phalanx.scheduler.event.TrustEvent.CollateralPublished;
import io.phalanx.scheduler.event.TrustEvent.EvidenceFiled;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.KeyScope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Positions, stamps, epochs, versions and keys: what must follow what. */
final class OrderBook {

  private static final long NO_ROW = -1;
  private static final long KEY_COUNTS_MS = Duration.ofDays(1).toMillis();

  /** So many terms an incarnation has at most. */
  private static final long EPOCHS_OF_AN_INCARNATION = 1 << 20;

  /** Events that only commands make, never a timer. */
  private static final Set<Class<?>> OF_COMMANDS =
      Set.of(
          MinerRegistered.class,
          MinerStarted.class,
          MinerTermsChanged.class,
          EvidenceRenewed.class,
          EvidenceFiled.class,
          CollateralFiled.class,
          CollateralPublished.class,
          StakeStated.class,
          DeploymentCreated.class,
          DeploymentChanged.class,
          AssignmentAcknowledged.class,
          GasCharged.class,
          ReadingFlagged.class,
          Deposited.class,
          Withdrawn.class,
          SettlementDelivered.class,
          SettlementAcknowledged.class,
          PolicyChanged.class,
          RoundCommitted.class,
          KeyRemembered.class,
          KeyIssued.class,
          KeyRevoked.class,
          NonceUsed.class,
          AdminActed.class,
          HistoryKept.class);

  private final Books books;
  private final Map<KeyScope, Long> keys = new HashMap<>();
  private long position;
  private long stampMs;
  private long epoch;
  private long incarnation;
  private long rowEpoch = NO_ROW;

  OrderBook(Books books) {
    this.books = books;
  }

  /**
   * Checks where the event stands.
   *
   * @return the stamp up to which all that was due must have happened: timers fire before the
   *     command that comes after them, so with an event of a command that is its own stamp; the
   *     smallest number with any other
   */
  long before(Event event, Moment moment) {
    long before = position;
    books.findings.check(
        moment.position() == before + 1, 7, () -> "the event before is at " + before);
    long stampBefore = stampMs;
    books.findings.check(
        moment.atMs() >= stampBefore, 7, () -> "its stamp falls from " + stampBefore);
    books.findings.check(
        epoch > 0 || event instanceof LeaderTookOver, 7, () -> "no leader has taken over yet");
    position = moment.position();
    stampMs = Math.max(stampBefore, moment.atMs());
    if (event instanceof LeaderTookOver takeOver) {
      checkAuthor(takeOver.epoch());
      return Long.MIN_VALUE; // the new leader has yet to look at the clock
    }
    checkAuthor(epoch);
    return OF_COMMANDS.contains(event.getClass()) ? moment.atMs() : Long.MIN_VALUE;
  }

  /** A leader writes in its own epoch, and nothing before it took over. */
  private void checkAuthor(long expected) {
    boolean own = rowEpoch == NO_ROW || rowEpoch == expected;
    books.findings.check(
        own, 7, () -> "the row's leader is of epoch " + rowEpoch + ", not of " + expected);
  }

  void take(LeaderTookOver event) {
    long before = epoch;
    books.findings.check(
        event.epoch() > before, 7, () -> "epoch " + event.epoch() + " follows " + before);
    epoch = event.epoch();
  }

  /** Positions are left out only here, and never one that was there. */
  void take(IncarnationBegan event) {
    long at = position;
    long before = incarnation;
    boolean isOfItsEpoch = epoch / EPOCHS_OF_AN_INCARNATION == event.number();
    books.findings.check(
        event.number() > before && isOfItsEpoch,
        7,
        () -> "incarnation " + event.number() + " follows " + before + " in epoch " + epoch);
    books.findings.check(
        event.nextPosition() > at, 7, () -> "the next event is to be at " + event.nextPosition());
    incarnation = event.number();
    position = Math.max(at, event.nextPosition() - 1);
  }

  /** The next events stand in one row, written by the leader of that epoch. */
  void row(long first, long epochOfTheRow) {
    rowEpoch = epochOfTheRow;
    books.findings.check(
        first == position + 1, 7, () -> "a row begins at " + first + " after " + position);
  }

  void take(PolicyChanged event) {
    long before = books.policy.version();
    long version = event.policy().version();
    books.findings.check(
        version == before + 1, 7, () -> "policy " + version + " follows policy " + before);
    books.policy = event.policy();
    long waitMs = event.policy().gas().finalReadingWait().toMillis();
    books.shortestWaitMs = Math.min(books.shortestWaitMs, waitMs);
  }

  /** A key counts for a day; used again after that, it is a new one. */
  void take(KeyMark key, Moment moment) {
    Long before = keys.put(key.scope(), moment.atMs());
    books.findings.check(
        before == null || moment.atMs() - before >= KEY_COUNTS_MS,
        3,
        () -> "a second use of " + key);
  }

  long position() {
    return position;
  }

  long epoch() {
    return epoch;
  }
}
