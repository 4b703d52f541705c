package io.phalanx.scheduler.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.World;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit says of corrections that no writer would make. */
class CorrectionAuditTest {
  private final World world = new World();

  @SuppressWarnings("NullAway.Init") // set before each test
  private CorrectedCharge charge;

  @BeforeEach
  void correctAChargeOfTheOpenPeriod() {
    AssignmentId rich = world.running(world.create(), world.idle("rich"));
    world.charge(rich, 1, 1_000);
    AssignmentId assignment = world.running(world.create(), world.idle("a"));
    world.charge(assignment, 1, 10);
    charge =
        new CorrectedCharge(
            Receipt.idAt(world.state().position()),
            world.nowMs(),
            World.DEVELOPER,
            "op-a",
            world.assignment(assignment).deploymentId(),
            assignment,
            world.assignment(assignment).minerId(),
            10,
            Amount.of(800),
            Amount.of(200));
  }

  private void correct() {
    world.done(new CorrectCharge(charge, "why"));
  }

  private Forgery forgery() {
    return new Forgery(world);
  }

  private Forgery changed(UnaryOperator<ChargeCorrected> change) {
    return forgery().change(ChargeCorrected.class, change);
  }

  private CorrectedCharge of(MinerId minerId, Amount fee, Amount treasury) {
    return new CorrectedCharge(
        charge.receiptId(),
        charge.atMs(),
        charge.developer(),
        charge.operator(),
        charge.deploymentId(),
        charge.assignmentId(),
        minerId,
        charge.gas(),
        fee,
        treasury);
  }

  private ChargeCorrected with(CorrectedCharge other, boolean settled) {
    return new ChargeCorrected(World.DEVELOPER, other, settled, "why");
  }

  @Test
  void aSoundOneIsFine() {
    correct();
    assertThat(forgery().broken()).isEmpty();
  }

  @Test
  void seesOneThatIsMadeTwice() {
    correct();
    assertThat(forgery().twice(ChargeCorrected.class).broken()).contains(6);
  }

  @Test
  void seesMoreGivenBackThanWasCharged() {
    correct();
    assertThat(
            changed(e -> with(of(charge.minerId(), Amount.of(800), Amount.of(201)), false))
                .broken())
        .contains(6);
  }

  @Test
  void seesAnotherMinerWhoPays() {
    correct();
    MinerId rich = world.state().miners().image().get(0).id();
    MinerId other =
        rich.equals(charge.minerId()) ? world.state().miners().image().get(1).id() : rich;
    assertThat(changed(e -> with(of(other, charge.fee(), charge.treasury()), false)).broken())
        .contains(6);
  }

  @Test
  void seesAnOpenPeriodTakenForAClosedOne() {
    correct();
    assertThat(changed(e -> with(charge, true)).broken()).contains(6);
  }

  @Test
  void seesALineThatWithholdsTooLittle() {
    world.pass(Duration.ofMinutes(10));
    AssignmentId again = charge.assignmentId();
    correct();
    world.charge(again, 2, 1_000);
    world.pass(Duration.ofMinutes(10));
    assertThat(forgery().broken()).isEmpty();
    Forgery kind =
        forgery()
            .change(
                SettlementClosed.class,
                e ->
                    new SettlementClosed(
                        e.number(),
                        e.fromMs(),
                        e.toMs(),
                        e.lines().stream().map(CorrectionAuditTest::generous).toList()));
    assertThat(kind.broken()).contains(6);
  }

  private static SettlementLine generous(SettlementLine line) {
    return new SettlementLine(
        line.minerId(),
        line.operator(),
        line.gasUsed(),
        line.fee().plus(line.held()),
        line.treasury());
  }

  @Test
  void listsEveryAccountThatIsNotAtZero() {
    correct();
    JournalAudit audit = new JournalAudit();
    world.journal().forEach(audit::accept);
    var accounts = audit.finish().accounts();
    assertThat(accounts).containsKeys("available:dev", "external", "treasury");
    assertThat(accounts.keySet()).noneMatch(name -> name.equals("earned:" + charge.minerId()));
    assertThat(accounts.values().stream().reduce(BigInteger.ZERO, BigInteger::add)).isZero();
    assertThat(List.copyOf(accounts.values())).doesNotContain(BigInteger.ZERO);
  }
}
