package io.phalanx.scheduler.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.policy.MoveRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.world.Images;
import io.phalanx.scheduler.world.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Contracts that go from one miner to another while they run. */
final class MoveRulesTest extends WorldTest {

  private final MinerId old = world.idle("old");

  @AfterEach
  void everythingHolds() {
    world.holds();
  }

  private List<Event> drain(MinerId id, Duration within) {
    return world.eventsOf(new CordonMiner(id, "op", "repair", within));
  }

  private List<Event> tier(MinerId id, int tier) {
    return world.eventsOf(new RenewEvidence(id, Samples.evidence(tier)));
  }

  private AssignmentEndReason endOf(AssignmentId id) {
    return Objects.requireNonNull(world.assignment(id).ended()).reason();
  }

  private Leaving leaving(AssignmentId id) {
    return Objects.requireNonNull(world.assignment(id).leaving());
  }

  private DeploymentId trusting(Object... differences) {
    List<Object> all = new ArrayList<>(List.of("tiers", List.of(1, 2)));
    all.addAll(List.of(differences));
    return world.create(all.toArray());
  }

  private boolean isLive(AssignmentId id) {
    return world.assignment(id).isLive();
  }

  private void moves(Duration grace, int atOnce, Duration every) {
    Policy now = world.state().policy();
    world.policy(now.with(new MoveRules(grace, atOnce, every)));
  }

  @Nested
  class Drain {

    @Test
    void movesTheContractWithTheReplacementFirst() {
      DeploymentId deployment = world.create();
      AssignmentId first = world.running(deployment, old);
      drain(old, ofHours(1));
      assertThat(world.assignment(first).isLeaving()).isTrue();
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);

      AssignmentId second = world.offer(deployment, world.idle("new")).get(0);
      assertThat(world.assignment(second).replaces()).isEqualTo(first);
      assertThat(isLive(first)).isTrue();
      assertThat(world.deployment(deployment).lacking()).isZero();

      assertThat(
              world.eventsOf(new AcknowledgeAssignment(second, world.assignment(second).epoch())))
          .containsExactly(
              new AssignmentAcknowledged(second),
              new AssignmentEnded(first, AssignmentEndReason.DRAINED, null));
      assertThat(world.miner(old).state()).isEqualTo(MinerState.IDLE);
      assertThat(world.miner(old).cordon()).isNotNull();
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void endsTheContractWhenNobodyTakesOverInTime() {
      DeploymentId deployment = world.create();
      AssignmentId first = world.running(deployment, old);
      drain(old, ofMinutes(10));
      world.pass(ofMinutes(10).minusMillis(1));
      assertThat(isLive(first)).isTrue();
      world.pass(ofMillis(1));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.DEGRADED);
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
    }

    @Test
    void countsTheWaitFromTheLossAndTenMinutes() {
      DeploymentId deployment = world.create();
      world.running(deployment, old);
      world.pass(ofHours(1));
      drain(old, ofMinutes(10));
      long sinceMs = world.nowMs() - 600_000;
      assertThat(world.deployment(deployment).waitingSinceMs()).isEqualTo(sinceMs);
      world.pass(ofMinutes(30));
      assertThat(world.deployment(deployment).waitingSinceMs()).isEqualTo(sinceMs);
    }

    @Test
    void endsAnOfferThatNobodyRunsYetAtOnce() {
      DeploymentId deployment = world.create();
      AssignmentId offered = world.offer(deployment, old).get(0);
      drain(old, ofHours(1));
      assertThat(endOf(offered)).isEqualTo(AssignmentEndReason.DRAINED);
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
    }

    @Test
    void isCalledOffWithTheCordonWhileNobodyWasFound() {
      DeploymentId deployment = world.create();
      AssignmentId first = world.running(deployment, old);
      drain(old, ofMinutes(10));
      assertThat(world.eventsOf(new UncordonMiner(old))).contains(new AssignmentStayed(first));
      assertThat(world.assignment(first).isLeaving()).isFalse();
      assertThat(world.deployment(deployment).lacking()).isZero();
      world.pass(ofHours(2));
      assertThat(isLive(first)).isTrue();
    }

    @Test
    void goesOnAfterTheCordonWhenSomebodyWasFound() {
      DeploymentId deployment = world.create();
      AssignmentId first = world.running(deployment, old);
      drain(old, ofMinutes(10));
      AssignmentId second = world.offer(deployment, world.idle("new")).get(0);
      world.done(new UncordonMiner(old));
      assertThat(world.assignment(first).isLeaving()).isTrue();
      world.acknowledge(second);
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
    }

    @Test
    void isCalledOffAfterTheCordonWhenWhoWasFoundFails() {
      DeploymentId deployment = world.create();
      AssignmentId first = world.running(deployment, old);
      drain(old, ofMinutes(10));
      AssignmentId second = world.offer(deployment, world.idle("new")).get(0);
      world.done(new UncordonMiner(old));
      world.done(new FailAssignment(second, world.assignment(second).epoch(), null));
      assertThat(world.assignment(first).isLeaving()).isFalse();
      assertThat(world.deployment(deployment).lacking()).isZero();
    }

    @Test
    void endsWhenANewCordonSays() {
      AssignmentId first = world.running(world.create(), old);
      drain(old, ofMinutes(10));
      drain(old, ofMinutes(30));
      world.pass(ofMinutes(20));
      assertThat(isLive(first)).isTrue();
      drain(old, ofMinutes(1));
      world.pass(ofMinutes(1));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
    }

    @Test
    void isLongerByTheTimeTheServiceWasDown() {
      AssignmentId first = world.running(world.create(), old);
      drain(old, ofMinutes(10));
      world.skip(ofMinutes(30));
      world.takeOver();
      world.pass(ofMinutes(10).minusMillis(1));
      assertThat(isLive(first)).isTrue();
      world.pass(ofMillis(1));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
    }

    @Test
    void ofNoLengthEndsItWithTheNextCommand() {
      AssignmentId first = world.running(world.create(), old);
      drain(old, Duration.ZERO);
      world.tick();
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
    }
  }

  @Nested
  class TierDrop {

    @Test
    void movesTheContractWithTheReplacementFirst() {
      DeploymentId deployment = trusting();
      AssignmentId first = world.running(deployment, old);
      MinerId next = world.idle("new");
      world.pass(ofMinutes(5));
      tier(old, 3);
      assertThat(leaving(first))
          .isEqualTo(
              new Leaving(
                  AssignmentEndReason.TIER_DROPPED,
                  world.nowMs(),
                  world.nowMs() + ofHours(1).toMillis()));
      AssignmentId second = world.offer(deployment, next).get(0);
      assertThat(isLive(first)).isTrue();
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
      world.acknowledge(second);
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void leavesAloneWhereTheNewTierIsAccepted() {
      AssignmentId running = world.running(trusting(), old);
      tier(old, 2);
      assertThat(world.assignment(running).isLeaving()).isFalse();
    }

    @Test
    void endsTheContractAtTheEndOfTheGrace() {
      AssignmentId first = world.running(trusting(), old);
      tier(old, 3);
      world.pass(ofHours(1).minusMillis(1));
      assertThat(isLive(first)).isTrue();
      world.pass(ofMillis(1));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
    }

    @Test
    void triesTheNextWhenAReplacementFails() {
      DeploymentId deployment = trusting();
      AssignmentId first = world.running(deployment, old);
      tier(old, 5);
      AssignmentId declines = world.offer(deployment, world.idle("b")).get(0);
      world.done(new FailAssignment(declines, world.assignment(declines).epoch(), null));
      AssignmentId sleeps = world.offer(deployment, world.idle("c")).get(0);
      world.pass(ofMinutes(1));
      assertThat(endOf(sleeps)).isEqualTo(AssignmentEndReason.ACK_TIMEOUT);
      assertThat(isLive(first)).isTrue();
      AssignmentId takes = world.offer(deployment, world.idle("d")).get(0);
      world.acknowledge(takes);
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      assertThat(world.assignment(takes).replaces()).isEqualTo(first);
    }

    @Test
    void leavesTheReplacementAtItWhenTheGraceEndsFirst() {
      moves(ofSeconds(10), 50, ofSeconds(10));
      DeploymentId deployment = trusting();
      AssignmentId first = world.running(deployment, old);
      tier(old, 5);
      AssignmentId second = world.offer(deployment, world.idle("new")).get(0);
      world.pass(ofSeconds(10));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.DEGRADED);
      world.acknowledge(second);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void isCalledOffWhenTheTierRisesAgain() {
      DeploymentId deployment = trusting();
      AssignmentId first = world.running(deployment, old);
      tier(old, 4);
      assertThat(tier(old, 1)).contains(new AssignmentStayed(first));
      assertThat(world.deployment(deployment).lacking()).isZero();
      world.pass(ofHours(3));
      assertThat(isLive(first)).isTrue();
    }

    @Test
    void isNotCalledOffOnceAReplacementIsCommitted() {
      DeploymentId deployment = trusting();
      AssignmentId first = world.running(deployment, old);
      tier(old, 4);
      AssignmentId second = world.offer(deployment, world.idle("new")).get(0);
      assertThat(tier(old, 1)).doesNotContain(new AssignmentStayed(first));
      world.acknowledge(second);
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
    }

    @Test
    void ofEvidenceThatExpiresMovesTheContractToo() {
      DeploymentId deployment = world.create();
      long expiresAtMs = world.nowMs() + ofMinutes(30).toMillis();
      MinerId dated =
          world.started(Samples.registration("dated", Samples.evidenceUntil(expiresAtMs)));
      AssignmentId first = world.running(deployment, dated);
      world.pass(ofMinutes(30).minusMillis(1));
      assertThat(world.assignment(first).isLeaving()).isFalse();
      world.pass(ofMillis(1));
      assertThat(leaving(first).reason()).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      world.done(new RenewEvidence(dated, Samples.evidence(1)));
      assertThat(world.assignment(first).isLeaving()).isFalse();
    }

    @Test
    void ofEvidenceThatExpiresIsSeenByANewLeader() {
      long expiresAtMs = world.nowMs() + ofMinutes(30).toMillis();
      MinerId dated =
          world.started(Samples.registration("dated", Samples.evidenceUntil(expiresAtMs)));
      AssignmentId first = world.running(world.create(), dated);
      world.pass(ofMinutes(29));
      world.takeOver();
      assertThat(world.assignment(first).isLeaving()).isFalse();
      world.pass(ofMinutes(1));
      assertThat(world.assignment(first).isLeaving()).isTrue();
    }

    @Test
    void endsAnOfferThatNobodyRunsYetAtOnce() {
      AssignmentId offered = world.offer(trusting(), old).get(0);
      tier(old, 3);
      assertThat(endOf(offered)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
    }

    @Test
    void endsAReplacementThatNobodyRunsYetAndTriesTheNext() {
      DeploymentId deployment = trusting();
      AssignmentId first = world.running(deployment, old);
      MinerId next = world.idle("next");
      tier(old, 3);
      AssignmentId second = world.offer(deployment, next).get(0);
      tier(next, 3);
      assertThat(endOf(second)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      assertThat(world.assignment(first).isLeaving()).isTrue();
      world.running(deployment, world.idle("last"));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
    }

    @Test
    void ofADeploymentThatAsksForMoreMovesItToo() {
      DeploymentId deployment = world.create("replicas", 2, "minReplicas", 2);
      AssignmentId first = world.offer(deployment, old, world.idle("b")).get(0);
      world.acknowledge(first);
      AssignmentId second = world.state().assignments().of(deployment).get(1).id();
      world.done(new FailAssignment(second, world.assignment(second).epoch(), null));
      tier(old, 3);
      Deployment before = world.deployment(deployment);
      assertThat(before.state()).isEqualTo(DeploymentState.PENDING);
      world.done(
          new ChangeDeployment(
              before.developer(),
              deployment,
              before.spec(),
              Samples.spec("replicas", 2, "minReplicas", 2, "tiers", List.of(1, 2))));
      assertThat(world.assignment(first).isLeaving()).isTrue();
      assertThat(world.deployment(deployment).lacking()).isEqualTo(2);
    }

    @Test
    void survivesADeveloperWhoChangesWhatWaits() {
      DeploymentId deployment = world.create("replicas", 2, "minReplicas", 2);
      AssignmentId first = world.offer(deployment, old, world.idle("b")).get(0);
      world.acknowledge(first);
      AssignmentId second = world.state().assignments().of(deployment).get(1).id();
      world.done(new FailAssignment(second, world.assignment(second).epoch(), null));
      drain(old, ofHours(1));
      Deployment before = world.deployment(deployment);
      world.done(
          new ChangeDeployment(
              before.developer(),
              deployment,
              before.spec(),
              Samples.spec("replicas", 2, "minReplicas", 2, "maxGasPrice", "2000")));
      assertThat(world.deployment(deployment).waitingSinceMs()).isEqualTo(world.nowMs());
      assertThat(world.deployment(deployment).live()).isEqualTo(1);
      world.offer(deployment, world.idle("c"), world.idle("d"));
      List<Assignment> all = world.state().assignments().of(deployment);
      assertThat(all.get(2).replaces()).isNull(); // what nobody runs is filled first
      assertThat(all.get(3).replaces()).isEqualTo(first);
    }

    @Test
    void andADrainEndItWhenTheSoonerOfThemSays() {
      AssignmentId first = world.running(trusting(), old);
      tier(old, 3);
      world.pass(ofMinutes(10));
      drain(old, ofHours(5));
      assertThat(leaving(first).reason()).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      drain(old, ofMinutes(5));
      assertThat(leaving(first).reason()).isEqualTo(AssignmentEndReason.DRAINED);
      world.done(new UncordonMiner(old));
      assertThat(leaving(first).reason()).isEqualTo(AssignmentEndReason.TIER_DROPPED);
      world.pass(ofMinutes(5));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.TIER_DROPPED);
    }
  }

  @Nested
  class Snapshot {

    @Test
    void keepsWhatIsOnTheMove() {
      DeploymentId deployment = world.create();
      AssignmentId first = world.running(deployment, old);
      drain(old, ofHours(1));
      State restored = Images.state(Images.bytes(world.state()));
      assertThat(restored.assignments().leaving()).isEqualTo(1);
      assertThat(restored.deployments().known(deployment).slots().get(0).leaving())
          .isEqualTo(first);
      assertThat(Images.difference(restored, world.state())).isEmpty();
    }

    @Test
    void fromBeforeThereWereMovesIsRead() {
      world.running(world.create(), old);
      String now = new String(Images.bytes(world.state()), UTF_8);
      String before =
          now.replaceAll(",\"moving\":\\{[^}]*}", "").replaceAll(",\"moves\":\\{[^}]*}", "");
      assertThat(before).hasSizeLessThan(now.length() - 20);
      State restored = Images.state(before.getBytes(UTF_8));
      assertThat(Images.difference(restored, world.state())).isEmpty();
    }
  }
}
