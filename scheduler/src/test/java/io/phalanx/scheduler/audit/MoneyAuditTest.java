package io.phalanx.scheduler.audit;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money and gas: each rule is broken on purpose in a journal that is right otherwise. */
final class MoneyAuditTest {

  private final World world = new World();
  private final MinerId a = world.idle("a");
  private final MinerId b = world.idle("b");

  private Forgery forgery() {
    world.holds(); // what is found is the forgery, not the world
    return new Forgery(world);
  }

  /** One replica that runs, has used 50 units at 100 each, and holds the rest of the budget. */
  private AssignmentId charged(String budget) {
    AssignmentId id = world.running(world.create("budget", budget), a);
    world.charge(id, 1, 50);
    return id;
  }

  private static Deposited deposited(String reference) {
    return new Deposited(World.DEVELOPER, Amount.of(1), reference);
  }

  /** 5: money. */
  @Nested
  class Five {

    @Test
    void aChargeThatIsUnbalanced() {
      charged("1000000");
      assertThat(
              forgery()
                  .change(
                      GasCharged.class, e -> shares(e, e.fee().plus(Amount.of(1)), e.treasury()))
                  .broken())
          .contains(5);
    }

    @Test
    void aWithdrawalBeyondTheBalance() {
      Amount tooMuch = world.available().plus(Amount.of(1));
      assertThat(forgery().append(new Withdrawn(World.DEVELOPER, tooMuch, "w")).broken())
          .containsExactly(5);
    }

    @Test
    void aBudgetThatIsNotCovered() {
      Amount tooMuch = world.available().plus(Amount.of(1));
      DeploymentId id = DeploymentId.at(999);
      assertThat(
              forgery()
                  .append(
                      new DeploymentCreated(
                          id, World.DEVELOPER, Samples.spec().withBudget(tooMuch), null))
                  .broken())
          .containsExactly(5);
    }

    @Test
    void aReleaseThatNeverComes() {
      AssignmentId id = charged("1000000");
      world.done(new CancelDeployment(World.DEVELOPER, world.assignment(id).deploymentId()));
      world.pass(ofMinutes(6));
      world.create();
      assertThat(forgery().without(RetentionReleased.class).broken()).containsExactly(5);
    }

    @Test
    void anEndThatKeepsTooMuchOrTooLittle() {
      AssignmentId id = charged("1000000");
      world.done(new CancelDeployment(World.DEVELOPER, world.assignment(id).deploymentId()));
      for (long wrong : new long[] {-1, 1}) {
        UnaryOperator<DeploymentEnded> change =
            e ->
                new DeploymentEnded(
                    e.deploymentId(),
                    e.reason(),
                    new Amount(e.released().pico().add(java.math.BigInteger.valueOf(wrong))));
        assertThat(forgery().change(DeploymentEnded.class, change).broken()).containsExactly(5);
      }
    }

    @Test
    void aReleaseOfMoreThanIsHeld() {
      DeploymentId id = world.create("budget", "1000");
      world.done(new CancelDeployment(World.DEVELOPER, id));
      assertThat(forgery().append(new RetentionReleased(id, Amount.of(1))).broken()).contains(5);
    }

    @Test
    void aDeploymentThatIsOutOfGasAndGoesOn() {
      charged("5000");
      assertThat(
              forgery()
                  .without(DeploymentEnded.class)
                  .without(AssignmentEnded.class)
                  .append(deposited("x"))
                  .broken())
          .containsExactly(5);
    }

    @Test
    void anEmptyHoldThatBindsAMiner() {
      MinerId free = world.started(Samples.registration("free", "op", 1000, 0));
      DeploymentId id = world.create("budget", "1");
      assertThat(forgery().offer(id, b).broken()).contains(5);
      assertThat(forgery().offer(id, free).broken()).isEmpty();
    }
  }

  private static GasCharged shares(GasCharged e, Amount fee, Amount treasury) {
    return new GasCharged(
        e.assignmentId(),
        e.sequence(),
        e.gasUsed(),
        e.charged(),
        e.uncollected(),
        fee,
        treasury,
        e.last(),
        null);
  }

  private static GasCharged gas(GasCharged e, long sequence, long gasUsed, long charged) {
    return new GasCharged(
        e.assignmentId(),
        sequence,
        gasUsed,
        charged,
        e.uncollected(),
        e.fee(),
        e.treasury(),
        e.last(),
        null);
  }

  /** 6: gas and settlements. */
  @Nested
  class Six {

    @Test
    void aReadingThatIsChargedTwice() {
      charged("1000000");
      assertThat(forgery().twice(GasCharged.class).broken()).contains(6);
    }

    @Test
    void aUnitOfGasThatIsChargedAgainUnderANewSequence() {
      charged("1000000");
      GasCharged first = (GasCharged) world.journal().get(world.journal().size() - 1).event();
      assertThat(forgery().append(gas(first, 2, 50, 50)).broken()).contains(6);
    }

    @Test
    void aTreasuryThatTakesOneMore() {
      charged("1000000");
      assertThat(
              forgery()
                  .change(
                      GasCharged.class,
                      e -> shares(e, e.fee().minus(Amount.of(1)), e.treasury().plus(Amount.of(1))))
                  .broken())
          .containsExactly(6);
    }

    @Test
    void moreGasThanTheMachineCanHaveDone() {
      charged("1000000000000");
      assertThat(
              forgery().change(GasCharged.class, e -> gas(e, 1, 60_000_001, 60_000_001)).broken())
          .contains(6);
    }

    @Test
    void aFlagForWhatWasPossible() {
      AssignmentId id = charged("1000000000000");
      assertThat(forgery().append(new ReadingFlagged(id, 2, 60_000_000, 60_000_000)).broken())
          .containsExactly(6);
      assertThat(forgery().append(new ReadingFlagged(id, 2, 60_000_000, 59_000_000)).broken())
          .containsExactly(6);
    }

    @Test
    void aFlagForAReplayOrTwiceInAMinute() {
      AssignmentId id = charged("1000000000000");
      ReadingFlagged flag = new ReadingFlagged(id, 2, 60_000_001, 60_000_000);
      assertThat(forgery().append(flag).broken()).isEmpty();
      assertThat(forgery().append(flag, flag).broken()).containsExactly(6);
      assertThat(forgery().append(new ReadingFlagged(id, 1, 60_000_001, 60_000_000)).broken())
          .containsExactly(6);
    }

    @Test
    void aReadingOfAnAssignmentThatNeverRan() {
      charged("1000000");
      assertThat(forgery().without(AssignmentAcknowledged.class).broken()).contains(6);
    }

    @Test
    void lessThanTheBudgetCovers() {
      charged("1000000");
      assertThat(
              forgery()
                  .change(
                      GasCharged.class,
                      e ->
                          new GasCharged(
                              e.assignmentId(),
                              1,
                              50,
                              40,
                              10,
                              Amount.of(3200),
                              Amount.of(800),
                              false,
                              null))
                  .broken())
          .containsExactly(6);
    }

    private void settled() {
      AssignmentId id = charged("1000000");
      AssignmentId other = world.running(world.create(), b);
      world.charge(other, 1, 7);
      world.skip(ofSeconds(2));
      world.charge(id, 2, 70);
      world.passSilently(ofMinutes(10));
    }

    private Forgery lines(UnaryOperator<List<SettlementLine>> change) {
      return forgery()
          .change(
              SettlementClosed.class,
              e ->
                  new SettlementClosed(
                      e.number(), e.fromMs(), e.toMs(), change.apply(new ArrayList<>(e.lines()))));
    }

    private SettlementLine with(SettlementLine line, long gas, long fee, long treasury) {
      return new SettlementLine(
          line.minerId(),
          line.operator(),
          line.gasUsed() + gas,
          line.fee().plus(Amount.of(fee)),
          line.treasury().plus(Amount.of(treasury)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
    void aLineThatIsOffByOne(long gas, long fee, long treasury) {
      settled();
      assertThat(
              lines(
                      lines -> {
                        lines.set(0, with(lines.get(0), gas, fee, treasury));
                        return lines;
                      })
                  .broken())
          .contains(6);
    }

    @Test
    void aLineThatIsMissing() {
      settled();
      assertThat(lines(lines -> lines.subList(0, 1)).broken()).contains(6);
    }

    @Test
    void aLineThatIsThereTwice() {
      settled();
      assertThat(lines(lines -> List.of(lines.get(0), lines.get(1), lines.get(1))).broken())
          .contains(6);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, -599999"})
    void anotherNumberOrPeriod(long number, long from, long to) {
      settled();
      assertThat(
              forgery()
                  .change(
                      SettlementClosed.class,
                      e ->
                          new SettlementClosed(
                              e.number() + number, e.fromMs() + from, e.toMs() + to, e.lines()))
                  .broken())
          .contains(6);
    }

    @Test
    void aSettlementThatIsPaidTwice() {
      settled();
      world.done(new AcknowledgeSettlement(1, "paid"));
      assertThat(forgery().twice(SettlementAcknowledged.class).broken()).contains(6);
    }

    @Test
    void aSettlementThatIsClosedTwice() {
      settled();
      assertThat(forgery().twice(SettlementClosed.class).broken()).contains(6);
    }
  }
}
