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
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.world.World;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What miners and time do to an assignment, and what it means for both sides. */
final class AssignmentRulesTest extends WorldTest {

  private AssignmentId offered(MinerId miner) {
    return world.offer(world.create(), miner).get(0);
  }

  private AssignmentEndReason endOf(AssignmentId id) {
    Assignment.Ending ended = world.assignment(id).ended();
    return Objects.requireNonNull(ended, () -> "end of " + id).reason();
  }

  private AcknowledgeAssignment acknowledge(AssignmentId id) {
    return new AcknowledgeAssignment(id, world.assignment(id).epoch());
  }

  private CompleteAssignment complete(AssignmentId id) {
    return new CompleteAssignment(id, world.assignment(id).epoch(), null);
  }

  private FailAssignment fail(AssignmentId id) {
    return new FailAssignment(id, world.assignment(id).epoch(), "no disk");
  }

  /** An offer that runs out. */
  private void strike(MinerId miner) {
    AssignmentId id = offered(miner);
    world.pass(ofSeconds(30));
    assertThat(endOf(id)).isEqualTo(AssignmentEndReason.ACK_TIMEOUT);
  }

  @Nested
  class Acknowledge {

    @Test
    void isTakenUntilThirtySecondsAreOver() {
      AssignmentId id = offered(world.idle("a"));
      world.skip(ofSeconds(30).minusMillis(1));
      world.done(acknowledge(id));
      assertThat(world.assignment(id).runningAtMs()).isEqualTo(world.nowMs());
    }

    @Test
    void isTooLateAtThirtySeconds() {
      AssignmentId id = offered(world.idle("a"));
      world.skip(ofSeconds(30));
      assertThat(world.run(acknowledge(id)))
          .isInstanceOf(io.phalanx.scheduler.decide.Outcome.Refused.class);
      assertThat(endOf(id)).isEqualTo(AssignmentEndReason.ACK_TIMEOUT);
    }

    @Test
    void againChangesNothing() {
      AssignmentId id = offered(world.idle("a"));
      world.done(acknowledge(id));
      world.skip(ofSeconds(1));
      assertThat(world.eventsOf(acknowledge(id))).isEmpty();
    }

    @Test
    void isRefusedWithAnotherEpochAndAfterTheEnd() {
      AssignmentId id = offered(world.idle("a"));
      long epoch = world.assignment(id).epoch();
      assertThat(world.refusal(new AcknowledgeAssignment(id, epoch - 1)))
          .isEqualTo(Refusal.EPOCH_IS_STALE);
      assertThat(world.refusal(new AcknowledgeAssignment(AssignmentId.at(1), 1)))
          .isEqualTo(Refusal.ASSIGNMENT_NOT_FOUND);
      world.done(fail(id));
      assertThat(world.refusal(acknowledge(id))).isEqualTo(Refusal.ASSIGNMENT_HAS_ENDED);
    }
  }

  @Nested
  class Complete {

    @Test
    void isRefusedBeforeTheAcknowledgement() {
      AssignmentId id = offered(world.idle("a"));
      assertThat(world.refusal(complete(id))).isEqualTo(Refusal.ASSIGNMENT_IS_NOT_RUNNING);
    }

    @Test
    void againChangesNothingButFailAfterItIsRefused() {
      AssignmentId id = world.running(world.create(), world.idle("a"));
      world.done(complete(id));
      assertThat(world.eventsOf(complete(id))).isEmpty();
      assertThat(world.refusal(fail(id))).isEqualTo(Refusal.ASSIGNMENT_HAS_ENDED);
    }

    @Test
    void leavesTheSlotForGood() {
      DeploymentId deployment = world.create("replicas", 2);
      AssignmentId id = world.running(deployment, world.idle("a"));
      world.done(complete(id));
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
      assertThat(world.offer(deployment, world.idle("b"), world.idle("c"))).hasSize(1);
    }
  }

  @Nested
  class Fail {

    @Test
    void declinesBeforeTheAcknowledgementAndFailsAfterIt() {
      AssignmentId declined = offered(world.idle("a"));
      world.done(fail(declined));
      assertThat(endOf(declined)).isEqualTo(AssignmentEndReason.DECLINED);
      AssignmentId failed = world.running(world.create(), world.idle("b"));
      world.done(fail(failed));
      assertThat(endOf(failed)).isEqualTo(AssignmentEndReason.FAILED);
    }

    @Test
    void againChangesNothingButCompleteAfterItIsRefused() {
      AssignmentId id = world.running(world.create(), world.idle("a"));
      world.done(fail(id));
      assertThat(world.eventsOf(fail(id))).isEmpty();
      assertThat(world.refusal(complete(id))).isEqualTo(Refusal.ASSIGNMENT_HAS_ENDED);
    }
  }

  @Nested
  class Exclusion {

    @ParameterizedTest
    @CsvSource({"ACK_TIMEOUT, true", "DECLINED, true", "FAILED, true", "MINER_LOST, false"})
    void followsWhatTheMinerDid(AssignmentEndReason reason, boolean excluded) {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create();
      AssignmentId id = world.offer(deployment, miner).get(0);
      switch (reason) {
        case ACK_TIMEOUT -> world.pass(ofSeconds(30));
        case DECLINED -> world.done(fail(id));
        case FAILED -> {
          world.acknowledge(id);
          world.done(fail(id));
        }
        default -> {
          world.acknowledge(id);
          world.passSilently(ofSeconds(121));
          world.passSilently(ofSeconds(61));
          world.beat(miner);
        }
      }
      assertThat(endOf(id)).isEqualTo(reason);
      assertThat(world.offer(deployment, miner)).hasSize(excluded ? 0 : 1);
    }

    @Test
    void lastsTwentyFourHoursAndOnlyForThatDeployment() {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create();
      world.done(fail(world.offer(deployment, miner).get(0)));
      AssignmentId elsewhere = offered(miner);
      world.done(new CancelDeployment(World.DEVELOPER, world.assignment(elsewhere).deploymentId()));
      world.pass(ofHours(24).minusMillis(1));
      assertThat(world.offer(deployment, miner)).isEmpty();
      world.pass(ofMillis(1));
      assertThat(world.offer(deployment, miner)).hasSize(1);
    }
  }

  @Nested
  class Strikes {

    @Test
    void cordonAfterThreeInARowForTenMinutes() {
      MinerId miner = world.idle("a");
      strike(miner);
      strike(miner);
      assertThat(world.miner(miner).cordon()).isNull();
      strike(miner);
      Cordon cordon = Objects.requireNonNull(world.miner(miner).cordon());
      assertThat(cordon.by()).isEqualTo(Cordon.SYSTEM);
      assertThat(cordon.untilMs()).isEqualTo(world.nowMs() + 600_000);
      world.pass(ofMinutes(10).minusMillis(1));
      assertThat(world.miner(miner).cordon()).isNotNull();
      world.pass(ofMillis(1));
      assertThat(world.miner(miner).cordon()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void doubleTheCordonEachTime(int before) {
      MinerId miner = world.idle("a");
      for (int i = 0; i < before; i++) {
        strikeThrice(miner);
        world.pass(ofMinutes(10L << i));
      }
      strikeThrice(miner);
      Cordon cordon = Objects.requireNonNull(world.miner(miner).cordon());
      assertThat(cordon.untilMs()).isEqualTo(world.nowMs() + (600_000L << before));
    }

    @Test
    void areForgottenWithAnAcknowledgement() {
      MinerId miner = world.idle("a");
      strike(miner);
      strike(miner);
      AssignmentId taken = world.running(world.create(), miner);
      world.done(complete(taken));
      strike(miner);
      assertThat(world.miner(miner).cordon()).isNull();
    }

    @Test
    void areNotDeclines() {
      MinerId miner = world.idle("a");
      for (int i = 0; i < 5; i++) {
        world.done(fail(offered(miner)));
      }
      assertThat(world.miner(miner).cordon()).isNull();
    }

    @Test
    void leaveACordonByOthersAsItIs() {
      MinerId miner = world.idle("a");
      strike(miner);
      strike(miner);
      offered(miner);
      world.done(new CordonMiner(miner, "admin", "why", null));
      world.pass(ofSeconds(30));
      Cordon cordon = Objects.requireNonNull(world.miner(miner).cordon());
      assertThat(cordon.by()).isEqualTo("admin");
    }

    private void strikeThrice(MinerId miner) {
      strike(miner);
      strike(miner);
      strike(miner);
    }
  }

  @Nested
  class Wait {

    @Test
    void hasAHeadStartAfterALossThatIsNotTheDevelopersFault() {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create();
      world.running(deployment, miner);
      world.skip(ofHours(1));
      world.done(new StopMiner(miner));
      assertThat(world.deployment(deployment).waitingSinceMs()).isEqualTo(world.nowMs() - 600_000);
    }

    @Test
    void countsFromAFailure() {
      DeploymentId deployment = world.create();
      AssignmentId id = world.running(deployment, world.idle("a"));
      world.skip(ofHours(1));
      world.done(fail(id));
      assertThat(world.deployment(deployment).waitingSinceMs()).isEqualTo(world.nowMs());
    }
  }
}
