package io.phalanx.scheduler.rules;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.policy.GasRules;
import io.phalanx.scheduler.settlement.Payout;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Deposits, withdrawals and settlements. */
final class MoneyRulesTest extends WorldTest {

  private static final Amount OPENING = Amount.ofPha(7);

  private static Deposit deposit(long pico, String reference) {
    return new Deposit(World.DEVELOPER, Amount.of(pico), reference, Amount.ZERO);
  }

  private static Withdraw withdraw(Amount amount, String reference) {
    return new Withdraw(World.DEVELOPER, amount, reference, Amount.ZERO);
  }

  @Nested
  class Deposits {

    @Test
    void countOnceForAReference() {
      Amount before = world.available();
      world.done(deposit(5, "r-1"));
      assertThat(world.eventsOf(deposit(5, "r-1"))).isEmpty();
      assertThat(world.available()).isEqualTo(before.plus(Amount.of(5)));
    }

    @Test
    void ofAnotherAmountUnderTheSameReferenceAreRefused() {
      world.done(deposit(5, "r-1"));
      assertThat(world.refusal(deposit(6, "r-1")))
          .isEqualTo(Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST);
    }

    @Test
    void ofAnotherDeveloperMayHaveTheSameReference() {
      world.done(deposit(5, "r-1"));
      world.done(new Deposit("other", Amount.of(6), "r-1", Amount.ZERO));
      assertThat(world.state().ledger().of("other").available()).isEqualTo(Amount.of(6));
    }

    @Test
    void openAnAccountInOpenModeFirst() {
      assertThat(world.eventsOf(new Deposit("new", Amount.of(6), "r-1", OPENING))).hasSize(2);
      assertThat(world.state().ledger().of("new").available())
          .isEqualTo(OPENING.plus(Amount.of(6)));
      assertThat(world.eventsOf(new Deposit("new", Amount.of(6), "r-2", OPENING))).hasSize(1);
    }

    @Test
    void leaveAnAccountThatHasDigitsForAll() {
      Amount opened = OPENING.plus(Amount.of(1));
      Amount rest = Amount.MOST.minus(opened);
      world.done(new Deposit("new", Amount.of(1), "r-1", OPENING));
      assertThat(world.refusal(new Deposit("new", rest.plus(Amount.of(1)), "r-2", OPENING)))
          .isEqualTo(Refusal.VALUE_IS_INVALID);
      world.done(new Deposit("new", rest, "r-2", OPENING));
      assertThat(world.state().ledger().of("new").available()).isEqualTo(Amount.MOST);
      assertThat(world.refusal(new Deposit("new", Amount.of(1), "r-3", OPENING)))
          .isEqualTo(Refusal.VALUE_IS_INVALID);
    }

    @Test
    void countWhatIsHeldAsTheirs() {
      world.create("budget", "100");
      Amount rest = Amount.MOST.minus(world.available());
      assertThat(world.refusal(new Deposit(World.DEVELOPER, rest, "r-1", Amount.ZERO)))
          .isEqualTo(Refusal.VALUE_IS_INVALID);
    }

    @Test
    void cannotUseTheReferenceOfTheOpening() {
      assertThat(world.refusal(new Deposit("new", Amount.of(6), "open-mode", OPENING)))
          .isEqualTo(Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST);
    }
  }

  @Nested
  class Withdrawals {

    @Test
    void reachToTheLastPico() {
      Amount all = world.available();
      assertThat(world.refusal(withdraw(all.plus(Amount.of(1)), "w-1")))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
      world.done(withdraw(all, "w-1"));
      assertThat(world.available()).isEqualTo(Amount.ZERO);
      assertThat(world.eventsOf(withdraw(all, "w-1"))).isEmpty();
    }

    @Test
    void doNotReachWhatIsHeld() {
      world.create("budget", "100");
      assertThat(world.refusal(withdraw(world.available().plus(Amount.of(1)), "w-1")))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
    }

    @Test
    void haveReferencesOfTheirOwn() {
      world.done(deposit(5, "r-1"));
      assertThat(world.eventsOf(withdraw(Amount.of(5), "r-1"))).hasSize(1);
    }
  }

  @Nested
  class Settlements {

    private AssignmentId running(String name) {
      return world.running(world.create(), world.idle(name));
    }

    private Settlement settlement(long number) {
      return world.state().settlements().known(number);
    }

    @Test
    void closeAtTheBoundaryBeforeAnythingOfTheNextPeriod() {
      AssignmentId id = running("a");
      world.skip(ofMinutes(9));
      world.charge(id, 1, 10);
      world.skip(ofMinutes(1).minusMillis(1));
      world.charge(id, 2, 20);
      world.skip(ofMillis(1));
      world.charge(id, 3, 50);

      Settlement first = settlement(1);
      assertThat(first.fromMs()).isEqualTo(World.START_MS);
      assertThat(first.toMs()).isEqualTo(World.START_MS + 600_000);
      assertThat(first.lines())
          .containsExactly(
              new SettlementLine(
                  world.assignment(id).minerId(), "op-a", 20, Amount.of(1600), Amount.of(400)));
      world.passSilently(ofMinutes(10));
      assertThat(settlement(2).lines().get(0).gasUsed()).isEqualTo(30);
    }

    @Test
    void areNotMadeOfPeriodsWithoutCharges() {
      AssignmentId id = running("a");
      world.pass(ofMinutes(25));
      assertThat(world.state().settlements().lastNumber()).isZero();
      world.charge(id, 1, 10);
      world.pass(ofMinutes(5));
      assertThat(settlement(1).fromMs()).isEqualTo(World.START_MS + 1_200_000);
    }

    @Test
    void haveALineForEachMinerInTheOrderOfIds() {
      AssignmentId b = running("b");
      AssignmentId a = running("a");
      world.charge(b, 1, 5);
      world.charge(a, 1, 7);
      world.passSilently(ofMinutes(10));
      assertThat(settlement(1).lines())
          .extracting(SettlementLine::minerId)
          .containsExactly(world.assignment(a).minerId(), world.assignment(b).minerId());
      assertThat(settlement(1).total()).isEqualTo(Amount.of(1200));
    }

    @Test
    void moveFeesFromEarnedToPayableToSettled() {
      AssignmentId id = running("a");
      MinerId miner = world.assignment(id).minerId();
      world.charge(id, 1, 10);
      world.passSilently(ofMinutes(10));
      assertThat(world.state().ledger().of(miner).payable()).isEqualTo(Amount.of(800));
      world.done(new AcknowledgeSettlement(1, "paid"));
      assertThat(world.state().ledger().of(miner).settled()).isEqualTo(Amount.of(800));
      assertThat(world.state().ledger().of(miner).payable()).isEqualTo(Amount.ZERO);
    }

    @Test
    void areDeliveredAndAcknowledgedOnce() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      world.passSilently(ofMinutes(10));
      world.done(new MarkSettlementDelivered(1));
      assertThat(settlement(1).state()).isEqualTo(SettlementState.DELIVERED);
      assertThat(world.eventsOf(new MarkSettlementDelivered(1))).isEmpty();
      world.done(new AcknowledgeSettlement(1, "paid"));
      assertThat(world.eventsOf(new AcknowledgeSettlement(1, "paid"))).isEmpty();
      assertThat(world.refusal(new AcknowledgeSettlement(1, "again")))
          .isEqualTo(Refusal.SETTLEMENT_HAS_ANOTHER_REFERENCE);
      assertThat(world.eventsOf(new MarkSettlementDelivered(1))).isEmpty();
      assertThat(settlement(1).state()).isEqualTo(SettlementState.ACKNOWLEDGED);
    }

    @Test
    void areNotAcknowledgedAgainWithOtherPayouts() {
      MinerId a = world.assignment(running("a")).minerId();
      AssignmentId other = running("b");
      MinerId b = world.assignment(other).minerId();
      world.charge(other, 1, 10);
      world.passSilently(ofMinutes(10));
      Payout five = new Payout(a, Amount.of(5));
      Payout six = new Payout(b, Amount.of(6));
      world.done(new AcknowledgeSettlement(1, "paid", List.of(five, six)));
      assertThat(world.eventsOf(new AcknowledgeSettlement(1, "paid", List.of(six, five))))
          .isEmpty();
      for (List<Payout> different :
          List.of(
              List.<Payout>of(),
              List.of(five),
              List.of(six, new Payout(a, Amount.of(6))),
              List.of(new Payout(b, Amount.of(5)), new Payout(a, Amount.of(6))))) {
        assertThat(world.refusal(new AcknowledgeSettlement(1, "paid", different)))
            .isEqualTo(Refusal.SETTLEMENT_HAS_OTHER_PAYOUTS);
      }
      assertThat(world.refusal(new AcknowledgeSettlement(1, "again", List.of(five, six))))
          .isEqualTo(Refusal.SETTLEMENT_HAS_ANOTHER_REFERENCE);
    }

    @Test
    void areNotAcknowledgedAgainWithPayoutsAfterNone() {
      AssignmentId id = running("a");
      MinerId a = world.assignment(id).minerId();
      world.charge(id, 1, 10);
      world.passSilently(ofMinutes(10));
      world.done(new AcknowledgeSettlement(1, "paid"));
      Payout late = new Payout(a, Amount.of(5));
      assertThat(world.refusal(new AcknowledgeSettlement(1, "paid", List.of(late))))
          .isEqualTo(Refusal.SETTLEMENT_HAS_OTHER_PAYOUTS);
    }

    @Test
    void mayBeAcknowledgedByPullBeforeDelivery() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      world.passSilently(ofMinutes(10));
      world.done(new AcknowledgeSettlement(1, "paid"));
      assertThat(world.refusal(new AcknowledgeSettlement(2, "paid")))
          .isEqualTo(Refusal.SETTLEMENT_NOT_FOUND);
      assertThat(world.refusal(new MarkSettlementDelivered(2)))
          .isEqualTo(Refusal.SETTLEMENT_NOT_FOUND);
    }

    @Test
    void closeAfterDownTimeWithTheirOwnPeriod() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      world.skip(ofMinutes(55));
      assertThat(world.takeOver()).anyMatch(SettlementClosed.class::isInstance);
      assertThat(settlement(1).toMs()).isEqualTo(World.START_MS + 600_000);
    }

    @Test
    void doNotOverlapWhenThePeriodChanges() {
      AssignmentId id = running("a");
      world.skip(ofMinutes(1));
      world.charge(id, 1, 10);
      GasRules hourly =
          new GasRules(20, Duration.ofSeconds(60), Duration.ofHours(1), 20, Duration.ofMinutes(5));
      var now = world.state().policy();
      world.policy(now.with(hourly));
      world.pass(ofMinutes(10));
      world.charge(id, 2, 20);
      world.pass(ofMinutes(60));
      assertThat(settlement(1).toMs()).isEqualTo(World.START_MS + 600_000);
      assertThat(settlement(2).fromMs()).isEqualTo(World.START_MS + 600_000);
      assertThat(settlement(2).toMs()).isEqualTo(World.START_MS + 3_600_000);
    }
  }
}
