package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.MinerFacts.Place;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether an offer satisfied everything at the moment at which it was committed. */
final class OfferCheck {

  private final Books books;

  OfferCheck(Books books) {
    this.books = books;
  }

  /**
   * Checks an offer.
   *
   * @param replaces the assignment that it says it replaces
   */
  void check(AssignmentFacts offer, @Nullable AssignmentId replaces, Moment moment) {
    checkStanding(offer, moment);
    checkTerms(offer);
    checkWishes(offer, moment);
    checkSlot(offer, replaces);
    checkPrice(offer);
  }

  private void checkStanding(AssignmentFacts offer, Moment moment) {
    MinerFacts miner = offer.miner;
    require(miner.place == Place.IDLE, 4, offer, "its miner is " + miner.place);
    boolean free = miner.heldFor == null || miner.heldFor.equals(offer.deployment.id);
    require(free, 4, offer, "its miner is held for " + miner.heldFor);
    require(!miner.cordoned, 4, offer, "its miner is cordoned");
    require(!miner.silent, 4, offer, "its miner is unresponsive");
    require(miner.evidenceHoldsAt(moment.atMs()), 4, offer, "its miner's evidence has expired");
  }

  /** The offer repeats what its miner was then; later checks and bills go by it. */
  private void checkTerms(AssignmentFacts offer) {
    MinerFacts miner = offer.miner;
    Placement placement = offer.placement;
    boolean same =
        placement.tier() == miner.evidence.tier()
            && placement.performance() == miner.performance
            && placement.operator().equals(miner.operator)
            && placement.region().equals(miner.region);
    require(same, 2, offer, "it states other terms than its miner's");
  }

  private void checkWishes(AssignmentFacts offer, Moment moment) {
    DeploymentSpec spec = offer.deployment.spec;
    MinerFacts miner = offer.miner;
    require(spec.tiers().list().contains(miner.evidence.tier()), 2, offer, "the tier");
    require(miner.performance >= spec.minPerformance(), 2, offer, "the performance");
    require(allows(spec.regions(), miner.region), 2, offer, "the region");
    require(allows(spec.allowOperators(), miner.operator), 2, offer, "allowOperators");
    require(!spec.denyOperators().contains(miner.operator), 2, offer, "denyOperators");
    Long excludedUntilMs = offer.deployment.excludedUntilMs.get(miner.id);
    boolean excluded = excludedUntilMs != null && moment.atMs() < excludedUntilMs;
    require(!excluded, 2, offer, "its miner is excluded");
  }

  private void checkSlot(AssignmentFacts offer, @Nullable AssignmentId replaces) {
    DeploymentFacts deployment = offer.deployment;
    int replica = offer.placement.replica();
    boolean exists = replica >= 0 && replica < deployment.slots.size();
    require(exists && deployment.slots.get(replica).lacks(), 2, offer, "the slot is not free");
    AssignmentFacts leaving = exists ? deployment.slots.get(replica).leaving : null;
    boolean right = Objects.equals(replaces, leaving == null ? null : leaving.id);
    require(right, 2, offer, "it does not replace what leaves the slot");
    require(!deployment.ended, 2, offer, "its deployment has ended");
    require(!deployment.runsOn(offer.miner.id), 2, offer, "its miner has another of its slots");
    int cap = deployment.spec.maxPerOperator();
    boolean room = cap == 0 || deployment.liveOn(offer.miner.operator) < cap;
    require(room, 2, offer, "maxPerOperator");
  }

  private void checkPrice(AssignmentFacts offer) {
    BigInteger price = offer.placement.gasPrice().pico();
    BigInteger held = books.money.balance(Money.held(offer.deployment.id));
    require(price.compareTo(offer.miner.ask) >= 0, 2, offer, "its price is under the ask");
    BigInteger bid = offer.deployment.spec.maxGasPrice().pico();
    require(price.compareTo(bid) <= 0, 2, offer, "its price is over the bid");
    boolean covered = held.signum() > 0 && held.compareTo(price) >= 0;
    require(covered, 5, offer, "what is held buys no gas");
  }

  static boolean allows(List<String> allowed, String name) {
    return allowed.isEmpty() || allowed.contains(name);
  }

  private void require(boolean holds, int invariant, AssignmentFacts offer, String what) {
    books.findings.check(
        holds,
        invariant,
        () -> offer + " on " + offer.miner + " for " + offer.deployment + ": " + what);
  }
}
