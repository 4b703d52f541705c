package io.phalanx.scheduler.rules;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.policy.MoveRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    world.policy(
        new Policy(
            1,
            now.miners(),
            now.assignments(),
            now.gas(),
            now.access(),
            now.gathering(),
            new MoveRules(grace, atOnce, every)));
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
              world.eventsOf(
                  new AcknowledgeAssignment(second, world.assignment(second).epoch())))
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
}
