package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.MinerFacts.Place;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCooledDown;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerTermsChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.miner.TierChangeReason;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What miners may do, from one event to the next. */
final class MinerBook {

  private final Books books;

  MinerBook(Books books) {
    this.books = books;
  }

  void take(MinerRegistered event, Moment moment) {
    MinerFacts miner = new MinerFacts(event, moment.position());
    boolean isNew = books.miners.putIfAbsent(event.minerId(), miner) == null;
    books.findings.check(isNew, 1, () -> miner + " registers again");
  }

  void start(MinerId id, Moment moment) {
    change(
        id,
        moment,
        miner -> {
          move(miner, Place.STOPPED, Place.IDLE);
          boolean valid = miner.evidenceHoldsAt(moment.atMs());
          books.findings.check(valid, 4, () -> miner + " starts on expired evidence");
          checkPlatform(miner);
          miner.silent = false;
        });
  }

  private void checkPlatform(MinerFacts miner) {
    Proven proven = miner.evidence.proven();
    if (proven != null) {
      long others =
          books.miners.values().stream()
              .filter(other -> other != miner && other.place != Place.STOPPED)
              .filter(other -> other.isOn(proven.platform()))
              .count();
      boolean room = others < books.policy.attestation().minersPerPlatform();
      books.findings.check(room, 4, () -> miner + " starts on a platform that is taken");
    }
  }

  void take(MinerBeganCoolDown event, Moment moment) {
    change(
        event.minerId(),
        moment,
        miner -> {
          move(miner, Place.IDLE, Place.COOLING);
          long endsAtMs = moment.atMs() + books.policy.miners().coolDown().toMillis();
          books.findings.check(
              event.endsAtMs() == endsAtMs, 1, () -> miner + " cools down for a time of its own");
          miner.coolDownEndsAtMs = event.endsAtMs();
          miner.silent = false;
        });
  }

  void take(MinerCooledDown event, Moment moment) {
    change(
        event.minerId(),
        moment,
        miner -> {
          move(miner, Place.COOLING, Place.STOPPED);
          boolean over = moment.atMs() >= miner.coolDownEndsAtMs;
          books.findings.check(over, 1, () -> miner + " leaves its cool-down before its end");
        });
  }

  void take(MinerTermsChanged event, Moment moment) {
    change(
        event.minerId(),
        moment,
        miner -> {
          boolean free = miner.place != Place.ACTIVE;
          books.findings.check(free, 1, () -> miner + " changes its terms while Active");
          miner.region = event.region();
          miner.ask = event.gasPrice().pico();
        });
  }

  void take(EvidenceRenewed event, Moment moment) {
    change(event.minerId(), moment, miner -> prove(miner, event.evidence()));
  }

  void take(MinerTierChanged event, Moment moment) {
    change(
        event.minerId(),
        moment,
        miner -> {
          Integer from = miner.evidence.lapse() == null ? miner.evidence.tier() : null;
          boolean fits = Objects.equals(event.from(), from) && !Objects.equals(event.to(), from);
          books.findings.check(
              fits, 2, () -> miner + " goes from tier " + from + ", not " + event.from());
          boolean early =
              event.reason() == TierChangeReason.EXPIRED && miner.evidenceHoldsAt(moment.atMs());
          books.findings.check(!early, 2, () -> miner + " loses its tier before its end");
          prove(miner, event.evidence());
        });
  }

  private static void prove(MinerFacts miner, Evidence evidence) {
    miner.evidence = evidence;
    miner.performance = evidence.capped(miner.performance);
  }

  void cordon(MinerId id, @Nullable Cordon cordon, Moment moment) {
    change(
        id,
        moment,
        miner -> {
          miner.cordoned = cordon != null;
          miner.drainByMs = cordon == null ? null : cordon.drainByMs();
        });
  }

  void silence(MinerId id, boolean silent, Moment moment) {
    change(
        id,
        moment,
        miner -> {
          boolean differs = miner.silent != silent;
          books.findings.check(differs, 8, () -> miner + " was silent=" + silent + " before");
          miner.silent = silent;
        });
  }

  void drift(MinerId id, int performance, Moment moment) {
    change(
        id,
        moment,
        miner -> {
          boolean free = miner.place != Place.ACTIVE;
          books.findings.check(free, 1, () -> miner + " is measured while Active");
          miner.performance = performance;
        });
  }

  /** Something that changes nothing here. */
  void touch(MinerId id, Moment moment) {
    change(id, moment, miner -> {});
  }

  /** An offer takes the miner. */
  void occupy(AssignmentFacts assignment, Moment moment) {
    MinerFacts miner = assignment.miner;
    boolean free = miner.live.isEmpty();
    books.findings.check(free, 1, () -> miner + " has a live assignment: " + miner.live);
    miner.live.add(assignment.id);
    miner.place = Place.ACTIVE;
    letGo(miner);
    miner.changedAt = moment.position();
  }

  /** An end gives the miner back. */
  void free(AssignmentFacts assignment, Moment moment) {
    MinerFacts miner = assignment.miner;
    miner.live.remove(assignment.id);
    if (miner.live.isEmpty()) {
      move(miner, Place.ACTIVE, Place.IDLE);
    }
    miner.changedAt = moment.position();
  }

  private void move(MinerFacts miner, Place from, Place to) {
    Place place = miner.place;
    books.findings.check(place == from, 1, () -> miner + " becomes " + to + " from " + place);
    boolean free = miner.live.isEmpty();
    books.findings.check(free, 1, () -> miner + " becomes " + to + " with " + miner.live);
    books.notStopped += (to == Place.STOPPED ? 0 : 1) - (from == Place.STOPPED ? 0 : 1);
    miner.place = to;
    if (to != Place.IDLE) {
      letGo(miner);
    }
  }

  private void letGo(MinerFacts miner) {
    books.held -= miner.heldFor == null ? 0 : 1;
    miner.heldFor = null;
  }

  private void change(MinerId id, Moment moment, Consumer<MinerFacts> change) {
    MinerFacts miner = books.miner(id);
    if (miner != null) {
      change.accept(miner);
      miner.changedAt = moment.position();
    }
  }
}
