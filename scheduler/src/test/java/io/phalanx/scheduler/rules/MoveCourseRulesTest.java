package io.phalanx.scheduler.rules;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
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
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What else may happen while contracts go from one miner to another, and when many do. */
final class MoveCourseRulesTest extends WorldTest {

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
  class InTheMiddle {

    private final DeploymentId deployment = world.create("budget", "1000000000");
    private final AssignmentId first = world.running(deployment, old);
    private final MinerId next = world.idle("next");

    private AssignmentId offered() {
      drain(old, ofHours(1));
      return world.offer(deployment, next).get(0);
    }

    @Test
    void aCancellationEndsBoth() {
      AssignmentId second = offered();
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.CANCELLED);
      assertThat(endOf(second)).isEqualTo(AssignmentEndReason.CANCELLED);
    }

    @Test
    void theEndOfTheLifetimeEndsBoth() {
      world.pass(ofDays(30).minusSeconds(20));
      AssignmentId second = offered();
      world.pass(ofSeconds(20));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.LIFETIME_ENDED);
      assertThat(endOf(second)).isEqualTo(AssignmentEndReason.LIFETIME_ENDED);
    }

    @Test
    void aBudgetThatIsUsedUpEndsBoth() {
      world.pass(ofHours(10));
      AssignmentId second = offered();
      world.read(first, 1, 10_000_000);
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.OUT_OF_GAS);
      assertThat(endOf(second)).isEqualTo(AssignmentEndReason.OUT_OF_GAS);
      assertThat(world.deployment(deployment).funds().held().isZero()).isTrue();
    }

    @Test
    void anEndByItsOperatorLeavesTheReplacement() {
      AssignmentId second = offered();
      world.done(new StopMiner(old));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.MINER_STOPPED);
      assertThat(isLive(second)).isTrue();
      world.acknowledge(second);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void aMinerThatIsLostLeavesTheReplacement() {
      drain(old, ofHours(1));
      world.skip(ofSeconds(100));
      world.beat(next);
      world.passSilently(ofSeconds(21));
      world.skip(ofSeconds(50));
      AssignmentId second = world.offer(deployment, next).get(0);
      world.passSilently(ofSeconds(10));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.MINER_LOST);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.DEGRADED);
      world.acknowledge(second);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void aMinerThatIsLostLeavesTheSlotToTheNext() {
      drain(old, ofHours(1));
      world.passSilently(ofSeconds(121));
      world.passSilently(ofSeconds(60));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.MINER_LOST);
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.DEGRADED);
    }

    @Test
    void aReplacementThatIsStoppedIsFollowedByTheNext() {
      AssignmentId second = offered();
      world.done(new StopMiner(next));
      assertThat(endOf(second)).isEqualTo(AssignmentEndReason.MINER_STOPPED);
      assertThat(world.assignment(first).isLeaving()).isTrue();
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
      world.running(deployment, world.idle("last"));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
    }

    @Test
    void aCompletionByTheOldOneIsTheEndOfIt() {
      AssignmentId second = offered();
      world.done(new CompleteAssignment(first, world.assignment(first).epoch(), null));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.COMPLETED);
      assertThat(endOf(second)).isEqualTo(AssignmentEndReason.SUPERSEDED);
      assertThat(world.deployment(deployment).progress().ended())
          .extracting(end -> Objects.requireNonNull(end).reason())
          .isEqualTo(DeploymentEndReason.COMPLETED);
      assertThat(world.miner(next).state()).isEqualTo(MinerState.IDLE);
    }

    @Test
    void aCompletionOfOneOfSeveralFinishesItsSlot() {
      DeploymentId several = world.create("replicas", 2, "minReplicas", 1);
      MinerId a = world.idle("a");
      AssignmentId one = world.running(several, a);
      drain(a, ofHours(1));
      world.done(new CompleteAssignment(one, world.assignment(one).epoch(), null));
      assertThat(world.deployment(several).completed()).isEqualTo(1);
      assertThat(world.deployment(several).lacking()).isEqualTo(1);
    }

    @Test
    void aFailureOfTheOldOneCountsAndLeavesTheReplacement() {
      AssignmentId second = offered();
      world.done(new FailAssignment(first, world.assignment(first).epoch(), null));
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.FAILED);
      assertThat(world.deployment(deployment).progress().failures()).isEqualTo(1);
      assertThat(world.deployment(deployment).exclusions()).containsKey(old);
      assertThat(isLive(second)).isTrue();
    }

    @Test
    void bothArePaidForWhatTheyDo() {
      AssignmentId second = offered();
      world.pass(ofSeconds(10));
      assertThat(world.charge(first, 1, 1000)).isEqualTo(Amount.of(100_000));
      world.acknowledge(second);
      world.pass(ofSeconds(10));
      assertThat(world.charge(second, 1, 500)).isEqualTo(Amount.of(50_000));
      world.readLast(first, 2, 3000);
      assertThat(world.deployment(deployment).funds().spent()).isEqualTo(Amount.of(350_000));
      assertThat(world.state().ledger().of(old).earned()).isEqualTo(Amount.of(240_000));
      assertThat(world.state().ledger().of(next).earned()).isEqualTo(Amount.of(40_000));
    }

    @Test
    void anEmptyHoldBindsNoReplacement() {
      DeploymentId poor = world.create("budget", "100", "maxGasPrice", "100");
      MinerId a = world.idle("a");
      world.running(poor, a);
      drain(a, ofHours(1));
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      AssignmentId live = world.state().assignments().of(poor).get(0).id();
      world.charge(live, 1, 1);
      assertThat(endOf(live)).isEqualTo(AssignmentEndReason.OUT_OF_GAS);
      assertThat(world.offer(poor, next)).isEmpty();
    }

    @Test
    void aNewLeaderGoesOn() {
      AssignmentId second = offered();
      world.takeOver();
      assertThat(world.assignment(first).isLeaving()).isTrue();
      world.acknowledge(second);
      assertThat(endOf(first)).isEqualTo(AssignmentEndReason.DRAINED);
    }
  }

  @Nested
  class Slots {

    @Test
    void takeAReplacementBesideTheOneThatLeavesItsOperator() {
      DeploymentId deployment = world.create("maxPerOperator", 1);
      MinerId a = world.started(Samples.registration("a", "same", 1000, 100));
      MinerId b = world.started(Samples.registration("b", "same", 1000, 100));
      world.running(deployment, a);
      drain(a, ofHours(1));
      assertThat(world.offer(deployment, b)).hasSize(1);
    }

    @Test
    void haveAtMostOneMoreWhileTheyMove() {
      DeploymentId deployment = world.create();
      world.running(deployment, old);
      drain(old, ofHours(1));
      assertThat(world.offer(deployment, world.idle("b"), world.idle("c"))).hasSize(1);
    }

    @Test
    void countForMinReplicasWhileTheyMove() {
      DeploymentId deployment = world.create("replicas", 3, "minReplicas", 3);
      world.offer(deployment, old, world.idle("b"), world.idle("c")).forEach(world::acknowledge);
      drain(old, ofHours(1));
      drain(Samples.minerId("b"), ofHours(1));
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
      assertThat(world.deployment(deployment).lacking()).isEqualTo(2);
      assertThat(world.deployment(deployment).required()).isEqualTo(1);
      world.running(deployment, world.idle("d"));
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void neverGoBackToTheMinerTheyLeave() {
      DeploymentId deployment = world.create();
      world.running(deployment, old);
      drain(old, ofHours(1));
      var demand =
          new PlacementFacts(world.state(), world.nowMs()).demand(world.deployment(deployment));
      assertThat(demand.excludedMiners()).contains(old.text());
      assertThat(demand.liveByOperator()).isEmpty();
      assertThat(demand.lacking()).isEqualTo(1);
    }
  }

  @Nested
  class MassDrop {

    private List<AssignmentId> fleet(int miners) {
      List<AssignmentId> running = new ArrayList<>();
      for (int i = 0; i < miners; i++) {
        String bid = Long.toString(1000L + 100L * (i % 3));
        running.add(world.running(trusting("maxGasPrice", bid), world.idle("m" + i)));
      }
      return running;
    }

    private void drop(List<AssignmentId> running) {
      running.forEach(id -> tier(world.assignment(id).minerId(), 5));
    }

    private List<AssignmentId> begun() {
      return world.journal().stream()
          .map(stamped -> stamped.event())
          .filter(AssignmentBeganLeaving.class::isInstance)
          .map(event -> ((AssignmentBeganLeaving) event).assignmentId())
          .toList();
    }

    @Test
    void beginsToMoveAtALimitedRate() {
      moves(ofHours(1), 3, ofSeconds(10));
      List<AssignmentId> running = fleet(8);
      drop(running);
      assertThat(begun()).hasSize(3);
      world.pass(ofSeconds(10).minusMillis(1));
      assertThat(begun()).hasSize(3);
      world.pass(ofMillis(1));
      assertThat(begun()).hasSize(6);
      world.pass(ofSeconds(10));
      assertThat(begun()).containsExactlyInAnyOrderElementsOf(running);
    }

    @Test
    void movesTheHighestBidsFirstAndOfThemTheOldest() {
      List<AssignmentId> running = fleet(6);
      AssignmentId blocking = world.running(trusting(), old);
      moves(ofHours(1), 1, ofMinutes(1));
      tier(old, 5);
      drop(running);
      world.pass(ofMinutes(6));
      assertThat(begun())
          .containsExactly(
              blocking,
              running.get(2),
              running.get(5),
              running.get(1),
              running.get(4),
              running.get(0),
              running.get(3));
    }

    @Test
    void givesEachMoveItsWholeGrace() {
      moves(ofMinutes(5), 1, ofMinutes(1));
      List<AssignmentId> running = fleet(3);
      drop(running);
      world.pass(ofMinutes(2));
      AssignmentId last = begun().get(2);
      assertThat(leaving(last).byMs()).isEqualTo(world.nowMs() + ofMinutes(5).toMillis());
    }

    @Test
    void forgetsWhoRisesAgainBeforeItsTurn() {
      moves(ofHours(1), 1, ofMinutes(1));
      List<AssignmentId> running = fleet(3);
      drop(running);
      tier(world.assignment(running.get(1)).minerId(), 1);
      world.pass(ofMinutes(5));
      assertThat(begun()).doesNotContain(running.get(1)).hasSize(2);
    }

    @Test
    void doesNotHoldUpADrain() {
      moves(ofHours(1), 1, ofMinutes(1));
      List<AssignmentId> running = fleet(3);
      drop(running);
      drain(world.assignment(running.get(2)).minerId(), ofMinutes(10));
      assertThat(leaving(running.get(2)).reason()).isEqualTo(AssignmentEndReason.DRAINED);
    }

    @Test
    void goesOnAtTheSameRateUnderANewLeader() {
      moves(ofHours(1), 2, ofMinutes(1));
      List<AssignmentId> running = fleet(6);
      drop(running);
      world.takeOver();
      assertThat(begun()).hasSize(2);
      world.pass(ofMinutes(1));
      assertThat(begun()).hasSize(4);
    }
  }
}
