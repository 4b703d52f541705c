package io.phalanx.scheduler.rules;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a developer may do with a deployment, and when it ends by itself. */
final class DeploymentRulesTest extends WorldTest {

  private ChangeDeployment change(DeploymentId id, Object... differences) {
    DeploymentSpec before = world.deployment(id).spec();
    ObjectNode after = CoreJson.stored().valueToTree(before);
    for (int i = 0; i < differences.length; i += 2) {
      after.set((String) differences[i], CoreJson.stored().valueToTree(differences[i + 1]));
    }
    return new ChangeDeployment(
        World.DEVELOPER, id, before, CoreJson.stored().convertValue(after, DeploymentSpec.class));
  }

  private DeploymentEndReason endOf(DeploymentId id) {
    Deployment deployment = world.deployment(id);
    var ended = deployment.progress().ended();
    assertThat(ended).as("end of %s", deployment).isNotNull();
    return java.util.Objects.requireNonNull(ended).reason();
  }

  private void decline(AssignmentId id) {
    world.done(new FailAssignment(id, world.assignment(id).epoch(), null));
  }

  @Nested
  class Create {

    @Test
    void movesTheBudgetFromAvailableToHeld() {
      Amount before = world.available();
      DeploymentId id = world.create("budget", "700");
      assertThat(world.available()).isEqualTo(before.minus(Amount.of(700)));
      assertThat(world.deployment(id).funds().held()).isEqualTo(Amount.of(700));
      assertThat(world.state().ledger().of(World.DEVELOPER).held()).isEqualTo(Amount.of(700));
    }

    @Test
    void isRefusedWhenTheBudgetIsNotAvailable() {
      Amount all = world.available();
      DeploymentSpec tooMuch = Samples.spec().withBudget(all.plus(Amount.of(1)));
      assertThat(world.refusal(new CreateDeployment(World.DEVELOPER, tooMuch, Amount.ZERO)))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
      world.create(Samples.spec().withBudget(all));
      assertThat(world.available()).isEqualTo(Amount.ZERO);
    }

    @Test
    void opensAnAccountInOpenModeOnce() {
      Amount start = Amount.ofPha(10);
      DeploymentSpec spec = Samples.spec().withBudget(Amount.ofPha(6));
      assertThat(world.eventsOf(new CreateDeployment("newcomer", spec, start))).hasSize(2);
      assertThat(world.refusal(new CreateDeployment("newcomer", spec, start)))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
    }

    @Test
    void namesItByItsPosition() {
      var events = world.eventsOf(new CreateDeployment("x", Samples.spec(), Amount.ofPha(10)));
      assertThat(((DeploymentCreated) events.get(1)).deploymentId())
          .isEqualTo(DeploymentId.at(world.state().position()));
    }
  }

  @Nested
  class Change {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            name           | "other"
            codeUri        | "ipfs://x"
            tiers          | [1]
            minPerformance | 10
            replicas       | 2
            maxPerOperator | 1
            regions        | ["eu"]
            allowOperators | ["op-a"]
            denyOperators  | ["op-z"]
            preference     | "cheap"
            maxGasPrice    | "2000"
            budget         | "5"
            queueTimeout   | "PT1H"
            lifetime       | "P1D"
            labels         | {"a": "b"}
            """)
    void touchesEveryFieldButTheCodeWhilePending(String field, String value) throws Exception {
      JsonNode json = CoreJson.stored().readTree(value);
      DeploymentId id = world.create();
      ChangeDeployment command = change(id, field, json);
      world.done(command);
      assertThat(world.deployment(id).spec()).isEqualTo(command.after());
    }

    @Test
    void neverTouchesTheCode() {
      DeploymentId id = world.create();
      assertThat(world.refusal(change(id, "codeHash", "0x" + "cd".repeat(32))))
          .isEqualTo(Refusal.VALUE_IS_INVALID);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            tiers          | [1]        | false
            minPerformance | 10         | false
            maxPerOperator | 1          | false
            regions        | ["eu"]     | false
            maxGasPrice    | "2000"     | false
            name           | "other"    | false
            codeUri        | "ipfs://x" | false
            budget         | "5000"     | true
            queueTimeout   | "PT1H"     | true
            lifetime       | "P1D"      | true
            labels         | {"a": "b"} | true
            """)
    void touchesOnlyTermsOncePlaced(String field, String value, boolean allowed) throws Exception {
      DeploymentId id = world.create();
      world.offer(id, world.idle("a"));
      ChangeDeployment command = change(id, field, CoreJson.stored().readTree(value));
      if (allowed) {
        world.done(command);
      } else {
        assertThat(world.refusal(command)).isEqualTo(Refusal.DEPLOYMENT_IS_NOT_PENDING);
      }
    }

    @Test
    void countsTheWaitAnewOnlyWhenItCompetesOtherwise() {
      DeploymentId id = world.create();
      long createdMs = world.nowMs();
      world.skip(ofMinutes(5));
      world.done(change(id, "budget", "77", "queueTimeout", "PT9H"));
      assertThat(world.deployment(id).waitingSinceMs()).isEqualTo(createdMs);
      world.done(change(id, "maxGasPrice", "1001"));
      assertThat(world.deployment(id).waitingSinceMs()).isEqualTo(createdMs + 300_000);
    }

    @Test
    void movesTheDifferenceOfTheBudget() {
      Amount before = world.available();
      DeploymentId id = world.create("budget", "700");
      world.done(change(id, "budget", "900"));
      assertThat(world.available()).isEqualTo(before.minus(Amount.of(900)));
      world.done(change(id, "budget", "100"));
      assertThat(world.available()).isEqualTo(before.minus(Amount.of(100)));
      assertThat(world.deployment(id).funds().held()).isEqualTo(Amount.of(100));
    }

    @Test
    void isRefusedBelowWhatIsSpent() {
      DeploymentId id = world.create("budget", "1000000");
      AssignmentId running = world.running(id, world.idle("a"));
      world.charge(running, 1, 50);
      assertThat(world.refusal(change(id, "budget", "4999")))
          .isEqualTo(Refusal.BUDGET_IS_BELOW_SPENT);
      world.done(change(id, "budget", "5000"));
      assertThat(world.deployment(id).funds().held()).isEqualTo(Amount.ZERO);
    }

    @Test
    void isRefusedBeyondWhatIsAvailable() {
      DeploymentId id = world.create("budget", "1000");
      Amount most = world.available().plus(Amount.of(1000));
      assertThat(world.refusal(change(id, "budget", most.plus(Amount.of(1)).toString())))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
      world.done(change(id, "budget", most.toString()));
    }

    @Test
    void isRefusedWhenItWasMadeFromAnOlderVersion() {
      DeploymentId id = world.create();
      ChangeDeployment stale = change(id, "minPerformance", 5);
      world.done(change(id, "minPerformance", 6));
      assertThat(world.refusal(stale)).isEqualTo(Refusal.DEPLOYMENT_HAS_CHANGED);
    }

    @Test
    void isRefusedAfterTheEndAndToOthers() {
      DeploymentId id = world.create();
      ChangeDeployment own = change(id, "minPerformance", 5);
      assertThat(world.refusal(new ChangeDeployment("somebody", id, own.before(), own.after())))
          .isEqualTo(Refusal.DEPLOYMENT_NOT_FOUND);
      world.done(new CancelDeployment(World.DEVELOPER, id));
      assertThat(world.refusal(own)).isEqualTo(Refusal.DEPLOYMENT_HAS_ENDED);
    }

    @Test
    void ofNothingChangesNothing() {
      DeploymentId id = world.create();
      assertThat(world.eventsOf(change(id))).isEmpty();
    }

    @Test
    void keepsTheNumberOfReplicasWhileOneHasAMiner() {
      DeploymentId id = world.create("replicas", 2, "minReplicas", 2);
      decline(world.offer(id, world.idle("a"), world.idle("b")).get(0));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PENDING);
      assertThat(world.refusal(change(id, "replicas", 3)))
          .isEqualTo(Refusal.DEPLOYMENT_IS_NOT_PENDING);
    }

    @Test
    void toFewerMinReplicasMayPlaceItAtOnce() {
      DeploymentId id = world.create("replicas", 3, "minReplicas", 2, "queueTimeout", "PT1H");
      List<AssignmentId> offers = world.offer(id, world.idle("a"), world.idle("b"));
      decline(offers.get(0));
      world.done(change(id, "minReplicas", 3));
      world.acknowledge(offers.get(1));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PENDING);

      world.done(change(id, "minReplicas", 1));

      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.RUNNING);
      assertThat(world.deployment(id).progress().runningAtMs()).isEqualTo(world.nowMs());
      world.pass(ofDays(30));
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.LIFETIME_ENDED);
    }
  }

  @Nested
  class Cancel {

    @Test
    void releasesAllOfAPendingOne() {
      Amount before = world.available();
      DeploymentId id = world.create();
      world.done(new CancelDeployment(World.DEVELOPER, id));
      assertThat(world.available()).isEqualTo(before);
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.CANCELLED);
    }

    @Test
    void isIdempotent() {
      DeploymentId id = world.create();
      var first = world.done(new CancelDeployment(World.DEVELOPER, id));
      assertThat(world.eventsOf(new CancelDeployment(World.DEVELOPER, id))).isEmpty();
      assertThat(world.done(new CancelDeployment(World.DEVELOPER, id))).isEqualTo(first);
    }

    @Test
    void isRefusedToOthers() {
      DeploymentId id = world.create();
      assertThat(world.refusal(new CancelDeployment("somebody", id)))
          .isEqualTo(Refusal.DEPLOYMENT_NOT_FOUND);
    }

    @Test
    void freesTheMiners() {
      DeploymentId id = world.create("replicas", 2);
      MinerId a = world.idle("a");
      MinerId b = world.idle("b");
      world.running(id, a);
      world.offer(id, b);
      world.done(new CancelDeployment(World.DEVELOPER, id));
      assertThat(world.state().miners().idle().values()).contains(a, b);
    }
  }

  @Nested
  class QueueTimeout {

    @Test
    void endsWhatWasNeverPlacedExactlyThen() {
      DeploymentId id = world.create("queueTimeout", "PT1H");
      world.passSilently(ofMinutes(60).minusMillis(1));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PENDING);
      world.passSilently(ofMillis(1));
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.QUEUE_TIMEOUT);
    }

    @Test
    void sparesWhatWasPlacedOnce() {
      DeploymentId id = world.create("queueTimeout", "PT1H");
      decline(world.offer(id, world.idle("a")).get(0));
      world.pass(ofMinutes(61));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PENDING);
    }

    @Test
    void mayBeShortenedToThePast() {
      DeploymentId id = world.create("queueTimeout", "PT1H");
      world.skip(ofMinutes(30));
      world.done(change(id, "queueTimeout", "PT10M"));
      world.tick();
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.QUEUE_TIMEOUT);
    }
  }

  @Nested
  class Lifetime {

    @Test
    void countsFromTheFirstRunning() {
      DeploymentId id = world.create("lifetime", "PT2H");
      MinerId miner = world.idle("a");
      world.pass(ofMinutes(30));
      world.running(id, miner);
      world.pass(ofMinutes(119));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.RUNNING);
      world.pass(ofMinutes(1));
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.LIFETIME_ENDED);
    }

    @Test
    void goesOnWhileDegraded() {
      DeploymentId id = world.create("lifetime", "PT2H");
      AssignmentId running = world.running(id, world.idle("a"));
      decline(running);
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.DEGRADED);
      world.pass(ofHours(2));
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.LIFETIME_ENDED);
    }
  }

  @Nested
  class States {

    @Test
    void followTheAssignments() {
      DeploymentId id = world.create("replicas", 2, "minReplicas", 2);
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PENDING);
      List<AssignmentId> offers = world.offer(id, world.idle("a"), world.idle("b"));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PLACED);
      world.acknowledge(offers.get(0));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.PLACED);
      world.acknowledge(offers.get(1));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.RUNNING);
      decline(offers.get(0));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.DEGRADED);
      world.running(id, world.idle("c"));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.RUNNING);
    }

    @Test
    void countFinishedReplicasAsServing() {
      DeploymentId id = world.create("replicas", 2, "minReplicas", 2);
      List<AssignmentId> offers = world.offer(id, world.idle("a"), world.idle("b"));
      offers.forEach(world::acknowledge);
      world.done(
          new CompleteAssignment(offers.get(0), world.assignment(offers.get(0)).epoch(), null));
      assertThat(world.deployment(id).state()).isEqualTo(DeploymentState.RUNNING);
      assertThat(world.deployment(id).lacking()).isZero();
      world.done(
          new CompleteAssignment(offers.get(1), world.assignment(offers.get(1)).epoch(), null));
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.COMPLETED);
    }
  }

  @Nested
  class Failures {

    private void failOn(DeploymentId id, String miner, String operator) {
      MinerId on = world.started(Samples.registration(miner, operator, 1000, 100));
      AssignmentId running = world.running(id, on);
      world.skip(ofSeconds(10));
      world.done(new FailAssignment(running, world.assignment(running).epoch(), "crash"));
    }

    @Test
    void endItAfterFiveOnThreeOperators() {
      DeploymentId id = world.create();
      List<String> operators = List.of("x", "y", "z", "x");
      for (int i = 0; i < 4; i++) {
        failOn(id, "m" + i, operators.get(i));
      }
      assertThat(world.deployment(id).isEnded()).isFalse();
      failOn(id, "m4", "x");
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.FAILED);
    }

    @Test
    void doNotEndItOnTwoOperators() {
      DeploymentId id = world.create();
      for (int i = 0; i < 8; i++) {
        failOn(id, "m" + i, i % 2 == 0 ? "x" : "y");
      }
      assertThat(world.deployment(id).isEnded()).isFalse();
      failOn(id, "m8", "z");
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.FAILED);
    }

    @Test
    void countAnewAfterAMinuteOfRunning() {
      DeploymentId id = world.create();
      for (int i = 0; i < 4; i++) {
        failOn(id, "m" + i, "op" + i);
      }
      AssignmentId long1 = world.running(id, world.idle("long"));
      world.pass(ofSeconds(60));
      world.done(new FailAssignment(long1, world.assignment(long1).epoch(), "crash"));
      assertThat(world.deployment(id).progress().failures()).isEqualTo(1);
    }

    @Test
    void goOnCountingAfterLessThanAMinute() {
      DeploymentId id = world.create();
      for (int i = 0; i < 4; i++) {
        failOn(id, "m" + i, "op" + i);
      }
      AssignmentId shorter = world.running(id, world.idle("long"));
      world.pass(ofSeconds(59));
      world.done(new FailAssignment(shorter, world.assignment(shorter).epoch(), "crash"));
      assertThat(endOf(id)).isEqualTo(DeploymentEndReason.FAILED);
    }

    @Test
    void countAnewAlsoWhenTheOneThatRanWasLostSince() {
      DeploymentId id = world.create();
      for (int i = 0; i < 4; i++) {
        failOn(id, "m" + i, "op" + i);
      }
      MinerId leaver = world.idle("leaver");
      world.running(id, leaver);
      world.pass(ofSeconds(60));
      world.done(new io.phalanx.scheduler.command.MinerCommand.StopMiner(leaver));
      failOn(id, "m5", "op5");
      assertThat(world.deployment(id).isEnded()).isFalse();
      assertThat(world.deployment(id).progress().failures()).isEqualTo(1);
    }

    @Test
    void areNotDeclines() {
      DeploymentId id = world.create();
      for (int i = 0; i < 9; i++) {
        decline(world.offer(id, world.idle("m" + i)).get(0));
      }
      assertThat(world.deployment(id).isEnded()).isFalse();
      assertThat(world.deployment(id).progress().failures()).isZero();
    }
  }
}
