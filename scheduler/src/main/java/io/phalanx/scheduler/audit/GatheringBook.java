package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.MinerFacts.Place;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.DeploymentEvent.MinersReserved;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathering: who may hold miners, whom, how many and for how long. */
final class GatheringBook {

  private final Books books;
  private final Map<DeploymentId, Long> untilMs = new HashMap<>();
  private final Map<DeploymentId, Long> restsUntilMs = new HashMap<>();

  GatheringBook(Books books) {
    this.books = books;
  }

  void take(GatheringBegan event, Moment moment) {
    DeploymentFacts deployment = books.deployment(event.deploymentId());
    if (deployment == null) {
      return;
    }
    boolean several = !deployment.ended && !deployment.everPlaced && needs(deployment) > 1;
    check(several, () -> deployment + " gathers and needs no several at once");
    long waitMs = books.policy.gathering().after().toMillis();
    boolean waited = moment.atMs() - deployment.waitingSinceMs() >= waitMs;
    check(waited, () -> deployment + " gathers and has not waited long enough");
    boolean rested = restsUntilMs.getOrDefault(deployment.id, 0L) <= moment.atMs();
    check(rested, () -> deployment + " gathers before its rest is over");
    long holdMs = books.policy.gathering().hold().toMillis();
    boolean bounded = event.untilMs() == moment.atMs() + holdMs;
    check(bounded, () -> deployment + " gathers for a time of its own");
    boolean isNew = untilMs.put(deployment.id, event.untilMs()) == null;
    check(isNew, () -> deployment + " gathers twice at once");
  }

  void take(MinersReserved event, Moment moment) {
    DeploymentFacts deployment = books.deployment(event.deploymentId());
    if (deployment == null) {
      return;
    }
    Long until = untilMs.get(deployment.id);
    boolean inTime = until != null && moment.atMs() <= until;
    check(inTime, () -> deployment + " holds miners and does not gather");
    for (MinerId id : event.released()) {
      MinerFacts miner = books.miner(id);
      check(
          miner != null && deployment.id.equals(miner.heldFor),
          () -> deployment + " lets " + miner + " go and does not hold it");
      hold(miner, null, moment);
    }
    for (MinerId id : event.reserved()) {
      reserve(deployment, books.miner(id), moment);
    }
    long most = (long) books.notStopped * books.policy.gathering().percent() / 100;
    boolean fair = event.reserved().isEmpty() || books.held <= most;
    check(fair, () -> books.held + " miners are held, of which " + most + " may be");
    boolean needed = event.reserved().isEmpty() || heldFor(deployment) <= needs(deployment);
    check(needed, () -> deployment + " holds more than it needs");
  }

  private void reserve(DeploymentFacts deployment, @Nullable MinerFacts miner, Moment moment) {
    if (miner != null) {
      boolean free = miner.place == Place.IDLE && miner.heldFor == null;
      check(free, () -> deployment + " holds " + miner + ", which is not free");
      boolean suits =
          deployment.spec.tiers().list().contains(miner.evidence.tier())
              && miner.performance >= deployment.spec.minPerformance()
              && !deployment.spec.denyOperators().contains(miner.operator)
              && OfferCheck.allows(deployment.spec.regions(), miner.region)
              && OfferCheck.allows(deployment.spec.allowOperators(), miner.operator);
      check(suits, () -> deployment + " holds " + miner + ", which does not suit it");
      hold(miner, deployment.id, moment);
    }
  }

  void take(GatheringEnded event, Moment moment) {
    long restMs = books.policy.gathering().rest().toMillis();
    boolean rests = event.restsUntilMs() == moment.atMs() + restMs;
    check(rests, () -> event.deploymentId() + " rests for a time of its own");
    restsUntilMs.put(event.deploymentId(), event.restsUntilMs());
    stop(event.deploymentId(), moment);
  }

  /** It was placed or has ended: it holds nobody. */
  void settle(DeploymentFacts deployment, Moment moment) {
    if (untilMs.containsKey(deployment.id)
        && (deployment.ended || deployment.covered() >= deployment.spec.minReplicas())) {
      stop(deployment.id, moment);
    }
  }

  /** The clock has gone on from that stamp: nobody gathers for longer than he may. */
  void passed(long stampMs) {
    untilMs.forEach(
        (deployment, until) ->
            check(until >= stampMs, () -> deployment + " gathers beyond its time"));
  }

  private void stop(DeploymentId id, Moment moment) {
    boolean gathered = untilMs.remove(id) != null;
    check(gathered, () -> id + " ends to gather and did not");
    for (MinerFacts miner : books.miners.values()) {
      if (id.equals(miner.heldFor)) {
        hold(miner, null, moment);
      }
    }
  }

  private void hold(@Nullable MinerFacts miner, @Nullable DeploymentId holder, Moment moment) {
    if (miner != null && (miner.heldFor == null) != (holder == null)) {
      books.held += holder == null ? -1 : 1;
      miner.heldFor = holder;
      miner.changedAt = moment.position();
    }
  }

  private static int needs(DeploymentFacts deployment) {
    return deployment.spec.minReplicas() - deployment.covered();
  }

  private long heldFor(DeploymentFacts deployment) {
    return books.miners.values().stream()
        .filter(miner -> deployment.id.equals(miner.heldFor))
        .count();
  }

  private void check(boolean holds, Supplier<String> what) {
    books.findings.check(holds, 9, what);
  }
}
