package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.event.Moment;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a round gave a miner to a late arrival while one that has waited 20 hours longer could
 * have had it.
 *
 * <p>A journal shows this only for slots that are placed one by one, and only when neither the
 * miner nor the deployment changed after the state that the round was planned on; longer waits than
 * 30 days count as 30 days.
 */
final class FairnessCheck {

  private static final long HEAD_START_MS = Duration.ofHours(20).toMillis();
  private static final long LONGEST_WAIT_MS = Duration.ofDays(30).toMillis();
  private static final int MOST_LOOKS = 256;

  private final Books books;
  private final Map<DeploymentFacts, Long> waiting = new LinkedHashMap<>();
  private final Map<DeploymentFacts, Long> offered = new LinkedHashMap<>();

  FairnessCheck(Books books) {
    this.books = books;
  }

  void check(List<AssignmentFacts> offers, long basePosition, Moment moment) {
    findWaiting(basePosition, moment.atMs());
    findOffered(offers);
    for (AssignmentFacts offer : offers) {
      boolean single = offer.deployment.everPlaced || offer.deployment.spec.minReplicas() == 1;
      if (!waiting.isEmpty() && single && offer.minerChangedAt <= basePosition) {
        check(offer, moment);
      }
    }
  }

  private void findWaiting(long basePosition, long atMs) {
    waiting.clear();
    int looks = 0;
    for (DeploymentFacts deployment : books.lacking) {
      if (looks++ == MOST_LOOKS) {
        return;
      }
      long sinceMs = deployment.waitingSinceMs();
      boolean single = deployment.everPlaced || deployment.spec.minReplicas() == 1;
      boolean planned = deployment.changedAt <= basePosition;
      long waitedMs = atMs - sinceMs;
      if (single && planned && waitedMs > HEAD_START_MS && waitedMs < LONGEST_WAIT_MS) {
        waiting.put(deployment, sinceMs);
      }
    }
  }

  /** A deployment is worth its longest wait, whichever of its slots are placed first. */
  private void findOffered(List<AssignmentFacts> offers) {
    offered.clear();
    for (AssignmentFacts offer : offers) {
      offered.merge(offer.deployment, offer.waitingSinceMs, Math::min);
    }
  }

  private void check(AssignmentFacts offer, Moment moment) {
    long sinceMsOfOffer = offered.getOrDefault(offer.deployment, offer.waitingSinceMs);
    waiting.forEach(
        (deployment, sinceMs) -> {
          boolean passed = sinceMs + HEAD_START_MS < sinceMsOfOffer;
          if (passed && wouldTake(deployment, offer, moment.atMs())) {
            books.findings.report(
                9, deployment + " has waited for 20 hours and " + offer + " passes it");
          }
        });
  }

  private boolean wouldTake(DeploymentFacts deployment, AssignmentFacts offer, long atMs) {
    DeploymentSpec spec = deployment.spec;
    MinerFacts miner = offer.miner;
    Long excludedUntilMs = deployment.excludedUntilMs.get(miner.id);
    int cap = spec.maxPerOperator();
    BigInteger held = books.money.balance(Money.held(deployment.id));
    return spec.tiers().list().contains(miner.evidence.tier())
        && miner.performance >= spec.minPerformance()
        && OfferCheck.allows(spec.regions(), miner.region)
        && OfferCheck.allows(spec.allowOperators(), miner.operator)
        && !spec.denyOperators().contains(miner.operator)
        && (excludedUntilMs == null || excludedUntilMs <= atMs)
        && (cap == 0 || deployment.liveOn(miner.operator) < cap)
        && miner.ask.compareTo(spec.maxGasPrice().pico().min(held)) <= 0
        && held.signum() > 0
        && !deployment.runsOn(miner.id);
  }
}
