package io.phalanx.scheduler.rules;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.world.Samples;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a miner needs to start, how it leaves, and what its operator may change. */
final class MinerRulesTest extends WorldTest {

  private static final Amount PICO = Amount.of(1);

  private AssignmentEndReason endOf(AssignmentId id) {
    Assignment.Ending ended = world.assignment(id).ended();
    return Objects.requireNonNull(ended, () -> "end of " + id).reason();
  }

  private MinerId register(int performance, Amount stake, int tier) {
    MinerId id = Samples.minerId("m");
    world.done(
        new RegisterMiner(
            id, "op", "eu", stake, performance, GasPrice.of(100), Samples.evidence(tier)));
    return id;
  }

  @Nested
  class Register {

    @Test
    void leavesItStopped() {
      assertThat(world.miner(world.register("a")).state()).isEqualTo(MinerState.STOPPED);
    }

    @Test
    void againIsRefusedAndTouchesNothing() {
      MinerId id = world.idle("a");
      world.done(new StopMiner(id));
      Miner before = world.miner(id);
      world.skip(ofDays(1));
      RegisterMiner again =
          new RegisterMiner(id, "thief", "us", Amount.ZERO, 5, GasPrice.of(1), Samples.evidence(5));
      assertThat(world.refusal(again)).isEqualTo(Refusal.MINER_IS_ALREADY_REGISTERED);
      assertThat(world.miner(id)).isEqualTo(before);
    }
  }

  @Nested
  class Start {

    @ParameterizedTest
    @CsvSource({"49, PERFORMANCE_IS_TOO_LOW", "50, none"})
    void needsAScoreOfFifty(int performance, String refusal) {
      MinerId id = register(performance, Amount.ofPha(500), 1);
      judge(id, refusal);
    }

    @Test
    void needsAStakeOfFiftyTimesTheRootOfTheScore() {
      MinerId square = register(100, Amount.ofPha(500).minus(PICO), 1);
      judge(square, "STAKE_IS_TOO_LOW");
      world.done(new StateStake(square, Amount.ofPha(500), "s-1"));
      judge(square, "none");
    }

    @Test
    void roundsARootThatIsNoWholeNumberUp() {
      // 50 × √50 PHA = 353.553390593273 762… PHA, so the last pico-PHA is rounded up
      MinerId id = register(50, Amount.parse("353553390593273"), 1);
      judge(id, "STAKE_IS_TOO_LOW");
      world.done(new StateStake(id, Amount.parse("353553390593274"), "s-1"));
      judge(id, "none");
    }

    @ParameterizedTest
    @CsvSource({
      // V = ((1.5 − 1) c + 1)(S + 0.3 P) ≤ 30,000 with P = 1,000: S ≤ 30,000 / (0.5 c + 1) − 300
      "1, 19700000000000000",
      "2, 19700000000000000",
      "3, 19700000000000000",
      "4, 21128571428571428",
      "5, 21922222222222222"
    })
    void needsAnInitialValueOfAtMostThirtyThousand(int tier, String highest) {
      MinerId id = register(1000, Amount.parse(highest).plus(Amount.of(2)), tier);
      judge(id, "VALUE_IS_TOO_HIGH");
      world.done(new StateStake(id, Amount.parse(highest), "s-1"));
      judge(id, "none");
    }

    @Test
    void needsEvidenceThatIsStillValid() {
      long expiresAtMs = world.nowMs() + 1000;
      world.done(Samples.registration("a", Samples.evidenceUntil(expiresAtMs)));
      MinerId id = Samples.minerId("a");
      world.passSilently(ofSeconds(1));
      judge(id, "EVIDENCE_HAS_EXPIRED");
      world.done(new RenewEvidence(id, Samples.evidenceUntil(expiresAtMs + 1)));
      judge(id, "none");
    }

    @Test
    void againChangesNothing() {
      MinerId id = world.idle("a");
      assertThat(world.eventsOf(new StartMiner(id))).isEmpty();
      world.offer(world.create(), id);
      assertThat(world.eventsOf(new StartMiner(id))).isEmpty();
    }

    @Test
    void againIsNoSignOfLife() {
      MinerId id = world.idle("a");
      world.skip(ofSeconds(100));
      world.done(new StartMiner(id));
      world.passSilently(ofSeconds(21));
      assertThat(world.miner(id).standing().responsive()).isFalse();
    }

    @Test
    void isRefusedWhileCoolingDown() {
      MinerId id = world.idle("a");
      world.done(new StopMiner(id));
      assertThat(world.refusal(new StartMiner(id))).isEqualTo(Refusal.MINER_IS_NOT_STOPPED);
    }

    private void judge(MinerId id, String refusal) {
      if (refusal.equals("none")) {
        world.done(new StartMiner(id));
        assertThat(world.miner(id).state()).isEqualTo(MinerState.IDLE);
      } else {
        assertThat(world.refusal(new StartMiner(id))).isEqualTo(Refusal.valueOf(refusal));
      }
    }
  }

  @Nested
  class Stop {

    @Test
    void beginsACoolDownOfAWeek() {
      MinerId id = world.idle("a");
      world.done(new StopMiner(id));
      assertThat(world.miner(id).standing().coolDownEndsAtMs())
          .isEqualTo(world.nowMs() + 604_800_000L);
      world.passSilently(ofDays(7).minusMillis(1));
      assertThat(world.miner(id).state()).isEqualTo(MinerState.COOLING_DOWN);
      world.passSilently(ofMillis(1));
      assertThat(world.miner(id).state()).isEqualTo(MinerState.STOPPED);
      world.done(new StartMiner(id));
    }

    @Test
    void againDoesNotRestartTheCoolDown() {
      MinerId id = world.idle("a");
      world.done(new StopMiner(id));
      Miner before = world.miner(id);
      world.skip(ofDays(3));
      assertThat(world.eventsOf(new StopMiner(id))).isEmpty();
      assertThat(world.miner(id)).isEqualTo(before);
    }

    @Test
    void endsTheAssignmentFirst() {
      MinerId id = world.idle("a");
      DeploymentId deployment = world.create();
      AssignmentId running = world.running(deployment, id);
      List<Event> events = world.eventsOf(new StopMiner(id));
      assertThat(events).last().isInstanceOf(MinerBeganCoolDown.class);
      assertThat(endOf(running)).isEqualTo(AssignmentEndReason.MINER_STOPPED);
      assertThat(world.deployment(deployment).lacking()).isEqualTo(1);
    }

    @Test
    void keepsWhatItHasEarned() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.charge(running, 1, 10);
      world.done(new StopMiner(id));
      world.charge(running, 2, 20);
      assertThat(world.state().ledger().of(id).earned()).isEqualTo(Amount.of(1600));
    }

    @Test
    void isRefusedWhenItNeverStarted() {
      assertThat(world.refusal(new StopMiner(world.register("a"))))
          .isEqualTo(Refusal.MINER_IS_STOPPED);
      assertThat(world.refusal(new StopMiner(Samples.minerId("b"))))
          .isEqualTo(Refusal.MINER_NOT_FOUND);
    }
  }

  @Nested
  class CoolDown {

    @Test
    void isNotTouchedByHeartbeatsStakeOrEvidence() {
      MinerId id = world.idle("a");
      world.done(new StopMiner(id));
      var before = world.miner(id).standing();
      world.beat(id);
      world.done(new StateStake(id, Amount.ofPha(9), "s-9"));
      world.done(new RenewEvidence(id, Samples.evidence(2)));
      world.passSilently(ofMinutes(5));
      assertThat(world.miner(id).standing()).isEqualTo(before);
    }

    @Test
    void goesOnWhileTheServiceIsDown() {
      MinerId id = world.idle("a");
      world.done(new StopMiner(id));
      world.skip(ofDays(8));
      world.takeOver();
      assertThat(world.miner(id).state()).isEqualTo(MinerState.STOPPED);
    }
  }

  @Nested
  class Terms {

    @Test
    void changeUnlessActive() {
      MinerId id = world.idle("a");
      world.done(new ChangeMinerTerms(id, "us", GasPrice.of(7)));
      assertThat(world.miner(id).region()).isEqualTo("us");
      assertThat(world.miner(id).gasPrice()).isEqualTo(GasPrice.of(7));
      world.offer(world.create(), id);
      assertThat(world.refusal(new ChangeMinerTerms(id, null, GasPrice.of(8))))
          .isEqualTo(Refusal.MINER_IS_ACTIVE);
    }

    @Test
    void thatAreTheSameChangeNothing() {
      MinerId id = world.idle("a");
      assertThat(world.eventsOf(new ChangeMinerTerms(id, "eu", GasPrice.of(100)))).isEmpty();
      assertThat(world.eventsOf(new ChangeMinerTerms(id, null, null))).isEmpty();
    }
  }

  @Nested
  class Drift {

    private int after(int measured) {
      MinerId id = world.idle("a");
      world.done(new Heartbeat(id, world.nowMs(), measured));
      return world.miner(id).performance();
    }

    @ParameterizedTest
    @CsvSource({
      "1049, 1000",
      "1050, 1050",
      "951, 1000",
      "950, 950",
      "1200, 1200",
      "1201, 1200",
      "9000, 1200"
    })
    void countsFromFivePercentToATwentieth(int measured, int performance) {
      assertThat(after(measured)).isEqualTo(performance);
    }

    @Test
    void reachesTheHighestInSmallSteps() {
      MinerId id = world.idle("a");
      world.done(new Heartbeat(id, 1, 1190));
      world.done(new Heartbeat(id, 2, 1300));
      assertThat(world.miner(id).performance()).isEqualTo(1200);
    }

    @Test
    void countsWhenItCrossesWhatAStartNeeds() {
      MinerId id = world.started(Samples.registration("a", "op", 51, 100));
      world.done(new Heartbeat(id, 1, 49));
      assertThat(world.miner(id).performance()).isEqualTo(49);
    }

    @Test
    void waitsWhileAContractRuns() {
      MinerId id = world.idle("a");
      world.offer(world.create(), id);
      assertThat(world.eventsOf(new Heartbeat(id, 1, 1200))).isEmpty();
    }
  }

  @Nested
  class Cordoned {

    @Test
    void letsTheContractGoOnWithoutADrain() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.done(new CordonMiner(id, "op-a", "repair", null));
      world.pass(ofHours(3));
      assertThat(world.assignment(running).isLive()).isTrue();
    }

    @Test
    void endsTheContractWhenTheDrainIsOver() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.done(new CordonMiner(id, "op-a", "repair", ofMinutes(10)));
      world.pass(ofMinutes(9));
      assertThat(world.assignment(running).isLive()).isTrue();
      world.pass(ofMinutes(1));
      assertThat(endOf(running)).isEqualTo(AssignmentEndReason.DRAINED);
      assertThat(world.miner(id).state()).isEqualTo(MinerState.IDLE);
    }

    @Test
    void isForgottenWhenLifted() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.done(new CordonMiner(id, "op-a", "repair", ofMinutes(10)));
      world.done(new UncordonMiner(id));
      assertThat(world.eventsOf(new UncordonMiner(id))).isEmpty();
      world.pass(ofMinutes(20));
      assertThat(world.assignment(running).isLive()).isTrue();
    }

    @Test
    void staysThroughStopAndStart() {
      MinerId id = world.idle("a");
      world.done(new CordonMiner(id, "admin", "bad", null));
      world.done(new StopMiner(id));
      world.passSilently(ofDays(8));
      world.done(new StartMiner(id));
      assertThat(world.offer(world.create(), id)).isEmpty();
    }

    @Test
    void drainTimeIsLongerByTheTimeTheServiceWasDown() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.done(new CordonMiner(id, "op-a", "repair", ofMinutes(10)));
      world.skip(ofMinutes(30));
      world.takeOver();
      world.pass(ofMinutes(9));
      assertThat(world.assignment(running).isLive()).isTrue();
      world.pass(ofMinutes(1));
      assertThat(endOf(running)).isEqualTo(AssignmentEndReason.DRAINED);
    }
  }
}
