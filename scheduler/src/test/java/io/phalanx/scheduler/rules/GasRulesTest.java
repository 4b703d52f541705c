package io.phalanx.scheduler.rules;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Flagged;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.Strikes;
import io.phalanx.scheduler.policy.GasRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.GasResults;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a reading costs whom, and what is kept and given back. */
final class GasRulesTest extends WorldTest {

  /** One replica at 100 for a unit of gas, on a machine of score 1,000. */
  private AssignmentId running(String budget) {
    DeploymentId id = world.create("budget", budget);
    return world.running(id, world.idle("a"));
  }

  private DeploymentId deploymentOf(AssignmentId id) {
    return world.assignment(id).deploymentId();
  }

  private Amount held(AssignmentId id) {
    return world.deployment(deploymentOf(id)).funds().held();
  }

  @Nested
  class Charge {

    @Test
    void isTheRiseTimesThePrice() {
      AssignmentId id = running("1000000");
      assertThat(world.charge(id, 1, 30)).isEqualTo(Amount.of(3000));
      assertThat(world.charge(id, 2, 37)).isEqualTo(Amount.of(700));
      assertThat(held(id)).isEqualTo(Amount.of(1_000_000 - 3700));
    }

    @Test
    void givesTheTreasuryTheFloorOfTheCumulativeFifth() {
      MinerId miner = world.started(Samples.registration("odd", "op", 1000, 7));
      AssignmentId id = world.running(world.create(), miner);
      long[] taken = {1, 2, 4, 5, 7}; // floor(7 n × 20 / 100)
      for (int n = 1; n <= 5; n++) {
        world.charge(id, n, n);
        assertThat(world.state().ledger().treasury()).isEqualTo(Amount.of(taken[n - 1]));
        assertThat(world.state().ledger().of(miner).earned())
            .isEqualTo(Amount.of(7L * n - taken[n - 1]));
      }
    }

    @Test
    void neverTakesBackFromTheTreasuryWhenItsPartIsLowered() {
      AssignmentId id = running("1000000");
      world.charge(id, 1, 100);
      GasRules usual = GasRules.DEFAULT;
      GasRules lower =
          new GasRules(
              1,
              usual.burst(),
              usual.settlementPeriod(),
              usual.retentionDivisor(),
              usual.finalReadingWait());
      Policy now = world.state().policy();
      world.policy(now.with(lower));
      world.charge(id, 2, 200);
      assertThat(world.state().ledger().treasury()).isEqualTo(Amount.of(2000));
    }

    @Test
    void goesToTheMinerThatDidTheWork() {
      MinerId worker = world.idle("a");
      AssignmentId id = world.running(world.create(), worker);
      DeploymentId deployment = deploymentOf(id);
      world.skip(ofSeconds(1));
      world.done(new StopMiner(worker));
      world.running(deployment, world.idle("b"));
      world.charge(id, 1, 10);
      assertThat(world.state().ledger().of(worker).earned()).isEqualTo(Amount.of(800));
    }

    @Test
    void ofNothingIsRecordedAndSettlesNothing() {
      AssignmentId id = running("1000000");
      assertThat(world.charge(id, 5, 0)).isEqualTo(Amount.ZERO);
      assertThat(world.state().settlements().openLines()).isEmpty();
      assertThat(world.assignment(id).meter().lastSequence()).isEqualTo(5);
    }
  }

  @Nested
  class OneReading {

    @Test
    void chargesNothingTwice() {
      AssignmentId id = running("1000000");
      world.charge(id, 7, 30);
      int before = world.journal().size();
      assertThat(world.charge(id, 7, 30)).isEqualTo(Amount.of(3000));
      assertThat(world.charge(id, 7, 999)).isEqualTo(Amount.of(3000));
      assertThat(world.charge(id, 6, 999)).isEqualTo(Amount.ZERO);
      assertThat(world.journal()).hasSize(before);
    }

    @Test
    void isRefusedWhenCumulativeGasFalls() {
      AssignmentId id = running("1000000");
      world.charge(id, 1, 30);
      assertThat(world.readingRefused(id, 2, 29)).isEqualTo(Refusal.GAS_WENT_BACK);
      assertThat(world.charge(id, 2, 30)).isEqualTo(Amount.ZERO);
    }

    @Test
    void isRefusedOverTheWorkPossible() {
      AssignmentId id = running("1000000000000");
      assertThat(world.readingRefused(id, 1, 60_000_001)).isEqualTo(Refusal.GAS_IS_OVER_THE_CAP);
      world.charge(id, 1, 60_000_000); // the burst: 60 s × 1,000,000 gas
      assertThat(world.readingRefused(id, 2, 60_000_001)).isEqualTo(Refusal.GAS_IS_OVER_THE_CAP);
      world.skip(ofMillis(1));
      assertThat(world.readingRefused(id, 2, 60_001_001)).isEqualTo(Refusal.GAS_IS_OVER_THE_CAP);
      world.charge(id, 2, 60_001_000);
    }

    @Test
    void isCappedByTheWorkUntilTheEnd() {
      AssignmentId id = running("1000000000000");
      world.skip(ofSeconds(10));
      world.done(new StopMiner(Samples.minerId("a")));
      world.skip(ofSeconds(10));
      assertThat(world.readingRefused(id, 1, 70_000_001)).isEqualTo(Refusal.GAS_IS_OVER_THE_CAP);
      world.charge(id, 1, 70_000_000);
    }

    @Test
    void isRefusedWithAnotherEpochOrWithoutAssignment() {
      AssignmentId id = running("1000000");
      long epoch = world.assignment(id).epoch();
      assertThat(world.read(new Reading(id, epoch + 1, 1, 1, false)))
          .isInstanceOfSatisfying(
              GasResults.RefusedReading.class,
              r -> assertThat(r.rejection().refusal()).isEqualTo(Refusal.EPOCH_IS_STALE));
      assertThat(world.read(new Reading(AssignmentId.at(1), 1, 1, 1, false)))
          .isInstanceOfSatisfying(
              GasResults.RefusedReading.class,
              r -> assertThat(r.rejection().refusal()).isEqualTo(Refusal.ASSIGNMENT_NOT_FOUND));
    }

    @Test
    void isRefusedBeforeTheAcknowledgement() {
      AssignmentId id = world.offer(world.create(), world.idle("a")).get(0);
      assertThat(world.readingRefused(id, 1, 1)).isEqualTo(Refusal.ASSIGNMENT_IS_NOT_RUNNING);
    }

    @Test
    void touchesNoOtherOfItsBatch() {
      AssignmentId id = running("1000000");
      long epoch = world.assignment(id).epoch();
      GasResults results =
          (GasResults)
              world.done(
                  new ReportGas(
                      List.of(
                          new Reading(id, epoch, 1, 10, false),
                          new Reading(id, epoch, 2, 5, false),
                          new Reading(id, epoch, 3, 20, false))));
      assertThat(results.results())
          .map(Object::getClass)
          .map(Class::getSimpleName)
          .containsExactly("Charged", "RefusedReading", "Charged");
      assertThat(world.assignment(id).meter().charged()).isEqualTo(20);
    }

    @Test
    void ofAStrongMachineAfterTenYearsIsJudgedWithoutOverflow() {
      MinerId strong = world.started(Samples.registration("strong", "op", 10_000, 0));
      DeploymentId deployment = world.create("lifetime", "P3650D");
      AssignmentId id = world.running(deployment, strong);
      world.skip(ofDays(3650 - 1));
      assertThat(world.charge(id, 1, 3_000_000_000_000_000L)).isEqualTo(Amount.ZERO);
    }
  }

  @Nested
  class AFlag {
    private static final long TOO_MUCH = 999_000_000;

    private List<Event> flags() {
      return world.journal().stream()
          .map(StampedEvent::event)
          .filter(ReadingFlagged.class::isInstance)
          .toList();
    }

    @Test
    void saysWhatWasReadAndWhatWasPossible() {
      AssignmentId id = running("1000000000000");
      world.readingRefused(id, 4, TOO_MUCH);
      assertThat(flags()).containsExactly(new ReadingFlagged(id, 4, TOO_MUCH, 60_000_000));
      assertThat(world.miner(Samples.minerId("a")).flagged())
          .isEqualTo(new Flagged(1, world.nowMs()));
    }

    @Test
    void isRaisedOnceAMinuteForAMiner() {
      AssignmentId id = running("1000000000000");
      for (int number = 1; number <= 3; number++) {
        world.readingRefused(id, number, TOO_MUCH);
      }
      world.passSilently(ofMinutes(1).minusMillis(1));
      world.readingRefused(id, 4, TOO_MUCH);
      assertThat(flags()).hasSize(1);
      world.passSilently(ofMillis(1));
      world.readingRefused(id, 5, TOO_MUCH);
      assertThat(flags()).hasSize(2);
      assertThat(world.miner(Samples.minerId("a")).flagged())
          .isEqualTo(new Flagged(2, world.nowMs()));
    }

    @Test
    void comesOfNoOtherRefusal() {
      AssignmentId id = running("1000000");
      world.charge(id, 1, 30);
      world.readingRefused(id, 2, 29);
      assertThat(flags()).isEmpty();
      assertThat(world.miner(Samples.minerId("a")).flagged()).isNull();
    }

    @Test
    void isNoStrikeAndNoReasonToMove() {
      AssignmentId id = running("1000000000000");
      world.readingRefused(id, 1, TOO_MUCH);
      Miner miner = world.miner(Samples.minerId("a"));
      assertThat(miner.strikes()).isEqualTo(Strikes.NONE);
      assertThat(miner.cordon()).isNull();
      assertThat(world.assignment(id).isLeaving()).isFalse();
      assertThat(world.charge(id, 2, 30)).isEqualTo(Amount.of(3000));
    }

    @Test
    void staysWithTheMinerWhateverHappensToIt() {
      AssignmentId id = running("1000000000000");
      world.readingRefused(id, 1, TOO_MUCH);
      world.done(new StopMiner(Samples.minerId("a")));
      assertThat(world.miner(Samples.minerId("a")).flagged()).isNotNull();
    }
  }

  @Nested
  class OutOfGas {

    @Test
    void recordsWhatTheBudgetDoesNotCover() {
      AssignmentId id = running("1050");
      assertThat(world.charge(id, 1, 15)).isEqualTo(Amount.of(1000));
      assertThat(world.assignment(id).meter().charged()).isEqualTo(10);
      assertThat(world.assignment(id).meter().uncollected()).isEqualTo(5);
    }

    @Test
    void endsTheDeploymentWhenTheRestBuysNoGas() {
      AssignmentId id = running("1099");
      world.charge(id, 1, 9);
      assertThat(world.deployment(deploymentOf(id)).isEnded()).isFalse();
      world.charge(id, 2, 10);
      assertThat(world.deployment(deploymentOf(id)).state()).isEqualTo(DeploymentState.ENDED);
      assertThat(world.miner(Samples.minerId("a")).standing().assignmentId()).isNull();
    }

    @Test
    void saysThatTheBudgetIsUsedUp() {
      AssignmentId id = running("1000");
      assertThat(((GasResults.Charged) world.read(id, 1, 9)).exhausted()).isFalse();
      assertThat(((GasResults.Charged) world.read(id, 2, 10)).exhausted()).isTrue();
    }

    @Test
    void keepsNothingForAReadingThatWasTheLast() {
      Amount before = world.available();
      AssignmentId id = running("1099");
      world.readLast(id, 1, 10);
      assertThat(world.available()).isEqualTo(before.minus(Amount.of(1000)));
    }
  }

  @Nested
  class Retention {

    @Test
    void isATwentiethOfTheBudgetForFiveMinutes() {
      Amount before = world.available();
      AssignmentId id = running("1000000");
      world.done(new CancelDeployment(World.DEVELOPER, deploymentOf(id)));
      assertThat(held(id)).isEqualTo(Amount.of(50_000));
      world.passSilently(ofMinutes(5).minusMillis(1));
      assertThat(held(id)).isEqualTo(Amount.of(50_000));
      world.passSilently(ofMillis(1));
      assertThat(held(id)).isEqualTo(Amount.ZERO);
      assertThat(world.available()).isEqualTo(before);
    }

    @Test
    void isNeverMoreThanIsLeft() {
      AssignmentId id = running("1000000");
      world.charge(id, 1, 9_800);
      world.done(new CancelDeployment(World.DEVELOPER, deploymentOf(id)));
      assertThat(held(id)).isEqualTo(Amount.of(20_000));
    }

    @Test
    void paysReadingsThatComeAfterTheEnd() {
      AssignmentId id = running("1000000");
      world.skip(ofSeconds(1));
      world.done(new CancelDeployment(World.DEVELOPER, deploymentOf(id)));
      assertThat(world.charge(id, 1, 400)).isEqualTo(Amount.of(40_000));
      assertThat(world.charge(id, 2, 600)).isEqualTo(Amount.of(10_000));
      assertThat(world.assignment(id).meter().uncollected()).isEqualTo(100);
    }

    @Test
    void endsWithTheLastReadingThatIsAwaited() {
      DeploymentId deployment = world.create("replicas", 2, "budget", "1000000");
      AssignmentId one = world.running(deployment, world.idle("a"));
      AssignmentId other = world.running(deployment, world.idle("b"));
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      world.readLast(one, 1, 10);
      assertThat(held(one)).isEqualTo(Amount.of(49_000));
      world.readLast(other, 1, 10);
      assertThat(held(one)).isEqualTo(Amount.ZERO);
      world.pass(ofMinutes(6));
    }

    @Test
    void isNothingWhenNothingEverRan() {
      DeploymentId deployment = world.create();
      world.offer(deployment, world.idle("a"));
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      assertThat(world.deployment(deployment).funds().held()).isEqualTo(Amount.ZERO);
    }

    @Test
    void isNothingWhenEveryLastReadingIsThere() {
      AssignmentId id = running("1000000");
      world.readLast(id, 1, 10);
      world.done(new CancelDeployment(World.DEVELOPER, deploymentOf(id)));
      assertThat(held(id)).isEqualTo(Amount.ZERO);
    }

    @Test
    void thatIsUsedUpLetsTheDeploymentLeaveForTheHistory() {
      AssignmentId id = running("1000000");
      DeploymentId deployment = deploymentOf(id);
      world.skip(ofSeconds(1));
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      world.readLast(id, 1, 500);
      world.skip(ofMinutes(2));
      world.done(new KeepHistory(world.state().position(), 0));
      assertThat(world.state().deployments().find(deployment)).isEmpty();
      world.passSilently(ofMinutes(5));
    }

    @Test
    void survivesALoweredBudget() {
      AssignmentId id = running("1000000");
      world.charge(id, 1, 10);
      var spec = world.deployment(deploymentOf(id)).spec();
      world.done(
          new ChangeDeployment(
              World.DEVELOPER, deploymentOf(id), spec, spec.withBudget(Amount.of(1000))));
      assertThat(((GasResults.Charged) world.read(id, 2, 20)).exhausted()).isTrue();
      assertThat(world.deployment(deploymentOf(id)).isEnded()).isTrue();
    }
  }

  @Nested
  class Receipts {

    @Test
    void ofALongerWaitAreStillTaken() {
      AssignmentId id = running("1000000");
      world.skip(ofSeconds(1));
      world.done(new CancelDeployment(World.DEVELOPER, deploymentOf(id)));
      world.passSilently(Duration.ofMinutes(6));
      assertThat(world.charge(id, 1, 10)).isEqualTo(Amount.ZERO);
      assertThat(world.assignment(id).meter().uncollected()).isEqualTo(10);
    }
  }
}
