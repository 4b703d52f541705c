package io.phalanx.scheduler.rules;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.round.DropReason;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the writer makes of a plan. */
final class RoundRulesTest extends WorldTest {

  private DropReason dropped(DeploymentId deployment, MinerId miner) {
    assertThat(world.offer(deployment, miner)).isEmpty();
    return lastDrops().get(0).reason();
  }

  private List<DroppedLine> lastDrops() {
    var newest = world.state().rounds().newest();
    return newest.get(newest.size() - 1).record().dropped();
  }

  @Nested
  class Commit {

    @Test
    void makesTheMinerActiveAndTheDeploymentPlaced() {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create();

      AssignmentId id = world.offer(deployment, miner).get(0);

      assertThat(world.miner(miner).state()).isEqualTo(MinerState.ACTIVE);
      assertThat(world.miner(miner).standing().assignmentId()).isEqualTo(id);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.PLACED);
      assertThat(world.assignment(id).epoch()).isEqualTo(world.state().position());
    }

    @Test
    void numbersRoundsWithoutGap() {
      world.commit(List.of());
      world.commit(List.of());
      assertThat(world.state().rounds().lastNumber()).isEqualTo(2);
    }

    @Test
    void takesTheLinesOfOneDeploymentTogetherWhereverTheyStand() {
      MinerId a = world.idle("a");
      MinerId b = world.idle("b");
      MinerId c = world.idle("c");
      DeploymentId one = world.create("replicas", 2);
      DeploymentId other = world.create();

      List<AssignmentId> offers =
          world.commit(List.of(line(one, a, 100), line(other, b, 100), line(one, c, 100)));

      assertThat(offers).hasSize(3);
      assertThat(world.deployment(one).lacking()).isZero();
    }
  }

  private static PlannedLine line(DeploymentId deployment, MinerId miner, long gasPrice) {
    return new PlannedLine(deployment, miner, GasPrice.of(gasPrice));
  }

  @Nested
  class Drops {

    @Test
    void linesOfADeploymentThatEndedOrNeverWas() {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create();
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      assertThat(dropped(deployment, miner)).isEqualTo(DropReason.DEPLOYMENT_ENDED);
      assertThat(dropped(DeploymentId.at(99_999), miner)).isEqualTo(DropReason.DEPLOYMENT_ENDED);
    }

    @Test
    void linesBeyondWhatLacks() {
      MinerId a = world.idle("a");
      MinerId b = world.idle("b");
      DeploymentId deployment = world.create();
      assertThat(world.offer(deployment, a, b)).hasSize(1);
      assertThat(lastDrops().get(0).reason()).isEqualTo(DropReason.SLOT_TAKEN);
      assertThat(dropped(deployment, b)).isEqualTo(DropReason.SLOT_TAKEN);
    }

    @Test
    void aMinerThatIsNotThere() {
      DeploymentId deployment = world.create();
      MinerId unknown = Samples.minerId("zz");
      assertThat(world.commit(List.of(line(deployment, unknown, 100)))).isEmpty();
      assertThat(lastDrops().get(0).reason()).isEqualTo(DropReason.MINER_NOT_PLACEABLE);
    }

    @Test
    void aMinerThatIsNotPlaceable() {
      DeploymentId deployment = world.create();
      MinerId stopped = world.register("stopped");
      MinerId active = world.idle("active");
      world.offer(world.create(), active);
      MinerId cooling = world.idle("cooling");
      world.done(new StopMiner(cooling));
      MinerId cordoned = world.idle("cordoned");
      world.done(new CordonMiner(cordoned, "admin", "why", null));
      for (MinerId miner : List.of(stopped, active, cooling, cordoned)) {
        assertThat(dropped(deployment, miner)).isEqualTo(DropReason.MINER_NOT_PLACEABLE);
      }
    }

    @Test
    void aMinerThatIsSilent() {
      MinerId silent = world.idle("silent");
      world.passSilently(ofSeconds(121));
      assertThat(dropped(world.create(), silent)).isEqualTo(DropReason.MINER_NOT_PLACEABLE);
    }

    @Test
    void aMinerWhoseEvidenceExpiresAtThatInstant() {
      long expiresAtMs = world.nowMs() + 1000;
      MinerId miner = world.started(Samples.registration("a", Samples.evidenceUntil(expiresAtMs)));
      DeploymentId deployment = world.create("replicas", 2);
      world.skip(ofSeconds(1));
      assertThat(dropped(deployment, miner)).isEqualTo(DropReason.MINER_NOT_PLACEABLE);
    }

    @Test
    void aMinerThatThePlanUsesTwice() {
      MinerId miner = world.idle("a");
      DeploymentId one = world.create();
      DeploymentId other = world.create();
      assertThat(world.commit(List.of(line(one, miner, 100), line(other, miner, 100)))).hasSize(1);
      assertThat(lastDrops().get(0).reason()).isEqualTo(DropReason.MINER_NOT_PLACEABLE);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            tiers          | [2,3]        | NOT_ELIGIBLE
            minPerformance | 1001         | NOT_ELIGIBLE
            regions        | ["us"]       | NOT_ELIGIBLE
            allowOperators | ["op-b"]     | NOT_ELIGIBLE
            denyOperators  | ["op-a"]     | NOT_ELIGIBLE
            maxGasPrice    | "99"         | NOT_ELIGIBLE
            minPerformance | 1000         | none
            regions        | ["us","eu"]  | none
            allowOperators | ["op-a"]     | none
            maxGasPrice    | "100"        | none
            """)
    void aPairThatBreaksAConstraint(String field, String value, String reason) throws Exception {
      MinerId miner = world.idle("a");
      DeploymentId deployment =
          world.create(field, io.phalanx.scheduler.codec.CoreJson.stored().readTree(value));
      if (reason.equals("none")) {
        assertThat(world.offer(deployment, miner)).hasSize(1);
      } else {
        assertThat(dropped(deployment, miner)).isEqualTo(DropReason.valueOf(reason));
      }
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "1000, true", "1001, false"})
    void aPriceUnderTheAskOrOverTheBid(long gasPrice, boolean committed) {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create();
      assertThat(world.offer(deployment, miner, gasPrice)).hasSize(committed ? 1 : 0);
      if (!committed) {
        assertThat(lastDrops().get(0).reason()).isEqualTo(DropReason.PRICE);
      }
    }

    @Test
    void aPriceThatIsNotCoveredByWhatIsHeld() {
      MinerId miner = world.idle("a");
      DeploymentId deployment = world.create("budget", "499");
      assertThat(world.offer(deployment, miner, 500)).isEmpty();
      assertThat(lastDrops().get(0).reason()).isEqualTo(DropReason.PRICE);
      assertThat(world.offer(deployment, miner, 499)).hasSize(1);
    }

    @Test
    void aFreeMinerWhenNothingIsHeld() {
      MinerId paid = world.idle("paid");
      MinerId free = world.started(Samples.registration("free", "op-free", 1000, 0));
      DeploymentId deployment = world.create("replicas", 2, "budget", "1000000");
      AssignmentId running = world.running(deployment, paid);
      world.charge(running, 1, 5000);
      var spec = world.deployment(deployment).spec();
      Amount spent = world.deployment(deployment).funds().spent();
      world.done(new ChangeDeployment(World.DEVELOPER, deployment, spec, spec.withBudget(spent)));

      assertThat(dropped(deployment, free)).isEqualTo(DropReason.PRICE);
    }

    @Test
    void moreOfOneOperatorThanAllowed() {
      MinerId a = world.started(Samples.registration("a", "op-x", 1000, 100));
      MinerId b = world.started(Samples.registration("b", "op-x", 1000, 100));
      MinerId c = world.started(Samples.registration("c", "op-x", 1000, 100));
      DeploymentId deployment = world.create("replicas", 3, "maxPerOperator", 2);
      assertThat(world.offer(deployment, a, b, c)).hasSize(2);
      assertThat(lastDrops().get(0).reason()).isEqualTo(DropReason.MAX_PER_OPERATOR);
      assertThat(dropped(deployment, c)).isEqualTo(DropReason.MAX_PER_OPERATOR);
    }
  }

  @Nested
  class Gangs {

    @Test
    void arePlacedWholeOrNotAtAll() {
      MinerId a = world.idle("a");
      MinerId b = world.idle("b");
      MinerId c = world.idle("c");
      DeploymentId deployment = world.create("replicas", 3, "minReplicas", 3);
      world.done(new StopMiner(c));

      assertThat(world.offer(deployment, a, b, c)).isEmpty();
      assertThat(lastDrops())
          .extracting(DroppedLine::reason)
          .containsOnlyOnce(DropReason.MINER_NOT_PLACEABLE)
          .contains(DropReason.MIN_REPLICAS);
      assertThat(world.miner(a).state()).isEqualTo(MinerState.IDLE);
    }

    @Test
    void freeTheirMinersForOthersWhenDropped() {
      MinerId a = world.idle("a");
      DeploymentId gang = world.create("replicas", 2, "minReplicas", 2);
      DeploymentId single = world.create();
      assertThat(world.commit(List.of(line(gang, a, 100), line(single, a, 100)))).hasSize(1);
    }

    @Test
    void mayBePlacedInPartAboveMinReplicas() {
      DeploymentId deployment = world.create("replicas", 3, "minReplicas", 2);
      assertThat(world.offer(deployment, world.idle("a"), world.idle("b"))).hasSize(2);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.PLACED);
    }

    @Test
    void areFilledOneByOneOnceTheyWerePlaced() {
      MinerId a = world.idle("a");
      MinerId b = world.idle("b");
      DeploymentId deployment = world.create("replicas", 2, "minReplicas", 2);
      List<AssignmentId> offers = world.offer(deployment, a, b);
      AssignmentId first = offers.get(0);
      world.done(new FailAssignment(first, world.assignment(first).epoch(), "no"));
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.PENDING);

      assertThat(world.offer(deployment, world.idle("c"))).hasSize(1);
      assertThat(world.deployment(deployment).state()).isEqualTo(DeploymentState.PLACED);
    }
  }

  @Nested
  class ReferencePrice {

    private void fleet(int miners, long ask) {
      for (int i = 0; i < miners; i++) {
        world.started(Samples.registration("m" + i, "op", 1000, ask));
      }
    }

    @Test
    void followsTheMedianAskFromTwentyMinersOn() {
      fleet(19, 500);
      world.pass(ofMinutes(2));
      assertThat(world.state().market().referencePrice()).isEqualTo(1000);
      world.started(Samples.registration("one-more", "op", 1000, 9_000));
      world.pass(ofMinutes(2));
      assertThat(world.state().market().referencePrice()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"900, 1000", "899, 899", "1100, 1000", "1101, 1101"})
    void movesOnlyByMoreThanTenPercent(long ask, long price) {
      fleet(20, ask);
      world.pass(ofMinutes(2));
      assertThat(world.state().market().referencePrice()).isEqualTo(price);
    }

    @Test
    void movesOnceADay() {
      fleet(20, 500);
      world.pass(ofMinutes(2));
      for (int i = 0; i < 20; i++) {
        world.done(
            new io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms(
                Samples.minerId("m" + i), null, GasPrice.of(50)));
      }
      world.pass(ofHours(23));
      assertThat(world.state().market().referencePrice()).isEqualTo(500);
      world.pass(ofMinutes(61));
      assertThat(world.state().market().referencePrice()).isEqualTo(50);
    }
  }
}
