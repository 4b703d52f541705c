package io.phalanx.scheduler.rules;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** From evidence to a tier that counts, and to one that does no more. */
final class EvidenceRulesTest {

  private final World world = new World();

  @AfterEach
  void everyInvariantHolds() {
    world.holds();
  }

  private MinerId expiring(String name, int inSeconds) {
    long expiresAtMs = world.nowMs() + ofSeconds(inSeconds).toMillis();
    return world.started(Samples.registration(name, Samples.evidenceUntil(expiresAtMs)));
  }

  @Nested
  class Renew {

    @Test
    void isOneEventWhenTheTierChanges() {
      MinerId id = world.idle("a");
      Evidence lower = Samples.evidence(4);
      assertThat(world.eventsOf(new RenewEvidence(id, lower)))
          .containsExactly(new MinerTierChanged(id, 1, 4, TierChangeReason.RENEWED, lower));
      assertThat(world.miner(id).evidence()).isEqualTo(lower);
    }

    @Test
    void isAnotherEventWhenItDoesNot() {
      MinerId id = world.idle("a");
      Evidence same = Samples.evidence(1);
      assertThat(world.eventsOf(new RenewEvidence(id, same)))
          .containsExactly(new EvidenceRenewed(id, same));
    }

    @Test
    void takesEffectAtOnceForNewPlacements() {
      MinerId id = world.idle("a");
      DeploymentId wanted = world.create("tiers", new int[] {1});
      world.done(new RenewEvidence(id, Samples.evidence(2)));
      assertThat(world.offer(wanted, id)).isEmpty();
    }

    @Test
    void putsTheEndOff() {
      MinerId id = expiring("a", 10);
      world.done(new RenewEvidence(id, Samples.evidenceUntil(world.nowMs() + 60_000)));
      assertThat(world.passSilently(ofSeconds(59))).isEmpty();
      assertThat(world.passSilently(ofSeconds(1))).hasSize(1);
    }
  }

  @Nested
  class Expire {

    @Test
    void comesToNoTierByItself() {
      MinerId id = expiring("a", 10);
      assertThat(world.passSilently(ofSeconds(9))).isEmpty();
      Event lapsed = world.passSilently(ofSeconds(1)).get(0);
      assertThat(lapsed)
          .isEqualTo(
              new MinerTierChanged(
                  id, 1, null, TierChangeReason.EXPIRED, world.miner(id).evidence()));
      assertThat(world.miner(id).evidence().lapse()).isEqualTo(Evidence.EXPIRED);
    }

    @Test
    void keepsTheMinerFromNewWorkAndLeavesTheOldAlone() {
      MinerId free = expiring("a", 10);
      MinerId busy = expiring("b", 10);
      DeploymentId running = world.create();
      world.running(running, busy);
      world.passSilently(ofSeconds(10));
      assertThat(world.offer(world.create(), free)).isEmpty();
      assertThat(world.miner(busy).standing().assignmentId()).isNotNull();
    }

    @Test
    void isOverWithNewEvidence() {
      MinerId id = expiring("a", 10);
      world.passSilently(ofSeconds(10));
      Evidence again = Samples.evidenceUntil(world.nowMs() + 60_000);
      assertThat(world.eventsOf(new RenewEvidence(id, again)))
          .containsExactly(new MinerTierChanged(id, null, 1, TierChangeReason.RENEWED, again));
      assertThat(world.offer(world.create(), id)).hasSize(1);
    }

    @Test
    void happensBeforeANewLeaderTakesAnything() {
      MinerId id = expiring("a", 10);
      world.skip(ofSeconds(10));
      assertThat(world.takeOver()).anyMatch(event -> event instanceof MinerTierChanged);
      assertThat(world.miner(id).evidence().standingTier()).isNull();
    }
  }
}
