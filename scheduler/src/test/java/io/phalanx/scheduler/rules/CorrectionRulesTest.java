package io.phalanx.scheduler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.World;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Charges that are taken back. */
class CorrectionRulesTest {
  private final World world = new World();

  private AssignmentId running(String name) {
    return world.running(world.create(), world.idle(name));
  }

  /** The newest charge, as its receipt has it. */
  private CorrectedCharge newest() {
    List<CorrectedCharge> all = charges(world);
    return all.get(all.size() - 1);
  }

  private static List<CorrectedCharge> charges(World world) {
    List<CorrectedCharge> charges = new ArrayList<>();
    for (StampedEvent stamped : world.journal()) {
      if (stamped.event() instanceof GasCharged event && event.charged() > 0) {
        Assignment assignment = world.assignment(event.assignmentId());
        charges.add(
            new CorrectedCharge(
                Receipt.idAt(stamped.moment().position()),
                stamped.moment().atMs(),
                World.DEVELOPER,
                assignment.placement().operator(),
                assignment.deploymentId(),
                assignment.id(),
                assignment.minerId(),
                event.charged(),
                event.fee(),
                event.treasury()));
      }
    }
    return charges;
  }

  private static CorrectCharge correction(CorrectedCharge charge) {
    return new CorrectCharge(charge, "the meter was broken");
  }

  private SettlementLine line(long number) {
    return world.state().settlements().known(number).lines().get(0);
  }

  private Amount treasury() {
    return world.state().ledger().treasury();
  }

  @Nested
  class InTheOpenPeriod {
    @Test
    void takesTheChargeOffTheLineAndGivesTheMoneyBack() {
      AssignmentId id = running("a");
      Amount before = world.available();
      world.charge(id, 1, 10);
      world.charge(id, 2, 30);
      world.done(correction(newest()));
      assertThat(world.available()).isEqualTo(before.plus(Amount.of(2000)));
      assertThat(treasury()).isEqualTo(Amount.of(200));
      world.passSilently(Duration.ofMinutes(10));
      assertThat(line(1).gasUsed()).isEqualTo(10);
      assertThat(line(1).fee()).isEqualTo(Amount.of(800));
      assertThat(line(1).withheld()).isNull();
      world.holds();
    }

    @Test
    void keepsALineOfNothing() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      world.done(correction(newest()));
      world.passSilently(Duration.ofMinutes(10));
      assertThat(line(1).fee()).isEqualTo(Amount.ZERO);
      world.holds();
    }
  }

  @Nested
  class AfterASettlement {
    @Test
    void debitsTheTreasuryAndWithholdsTheMinersPartFromItsNextLines() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      CorrectedCharge first = newest();
      world.pass(Duration.ofMinutes(10));
      world.charge(id, 2, 1_000);
      Amount before = treasury();
      world.done(correction(first));
      assertThat(treasury()).isEqualTo(before.minus(Amount.of(1000)));
      assertThat(line(1).fee()).as("what is closed stays").isEqualTo(Amount.of(800));
      world.pass(Duration.ofMinutes(10));
      assertThat(line(2).withheld()).isEqualTo(Amount.of(800));
      assertThat(line(2).fee()).isEqualTo(Amount.of(79_200 - 800));
      MinerId miner = world.assignment(id).minerId();
      assertThat(world.state().ledger().owedBy(miner)).isEqualTo(Amount.ZERO);
      world.done(new AcknowledgeSettlement(1, "one"));
      world.done(new AcknowledgeSettlement(2, "two"));
      assertThat(world.state().ledger().of(miner).settled()).isEqualTo(Amount.of(79_200));
      world.holds();
    }

    @Test
    void withholdsNoMoreThanALineHas() {
      AssignmentId id = running("a");
      AssignmentId rich = running("b");
      world.charge(id, 1, 100);
      CorrectedCharge big = newest();
      world.charge(rich, 1, 10_000);
      world.pass(Duration.ofMinutes(10));
      world.done(correction(big));
      world.charge(id, 2, 110);
      world.pass(Duration.ofMinutes(10));
      assertThat(line(2).fee()).isEqualTo(Amount.ZERO);
      assertThat(line(2).withheld()).isEqualTo(Amount.of(800));
      assertThat(world.state().ledger().owedBy(big.minerId())).isEqualTo(Amount.of(7_200));
      world.holds();
    }

    @Test
    void isRefusedWhenTheTreasuryHasNotSoMuch() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      world.pass(Duration.ofMinutes(10));
      assertThat(world.refusal(correction(newest()))).isEqualTo(Refusal.TREASURY_IS_TOO_LOW);
      world.holds();
    }
  }

  @Nested
  class Correct {
    @Test
    void countsOnce() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      CorrectedCharge charge = newest();
      world.done(correction(charge));
      assertThat(world.refusal(correction(charge))).isEqualTo(Refusal.CHARGE_IS_CORRECTED);
      world.takeOver();
      assertThat(world.refusal(correction(charge))).isEqualTo(Refusal.CHARGE_IS_CORRECTED);
    }

    @Test
    void leavesTheMeterAndWhatIsChargedNextAsTheyAre() {
      AssignmentId id = running("a");
      world.charge(id, 1, 13);
      world.done(correction(newest()));
      assertThat(world.charge(id, 2, 26)).isEqualTo(Amount.of(1_300));
      world.holds();
    }

    @Test
    void givesBackWhatAnEndedDeploymentPaid() {
      AssignmentId id = running("a");
      world.charge(id, 1, 10);
      CorrectedCharge charge = newest();
      world.done(new CancelDeployment(World.DEVELOPER, charge.deploymentId()));
      Amount before = world.available();
      world.done(correction(charge));
      assertThat(world.available()).isEqualTo(before.plus(Amount.of(1_000)));
      world.holds();
    }
  }

  /** Whatever is corrected whenever: no money is made, lost or paid twice. */
  @Test
  void neverBreaksTheBooks() {
    for (long seed = 1; seed <= 25; seed++) {
      World any = new World();
      new Story(any, new SplittableRandom(seed)).run(60);
      any.holds();
    }
  }

  /** Charges, corrections and settlements at random. */
  private static final class Story {
    private final World world;
    private final SplittableRandom random;
    private final List<AssignmentId> running = new ArrayList<>();
    private long sequence;
    private BigInteger back = BigInteger.ZERO;
    private BigInteger charged = BigInteger.ZERO;

    Story(World world, SplittableRandom random) {
      this.world = world;
      this.random = random;
    }

    void run(int steps) {
      Amount before = world.available();
      for (int i = 0; i < 4; i++) {
        running.add(world.running(world.create(), world.idle("m" + i)));
      }
      for (int step = 0; step < steps; step++) {
        step();
      }
      BigInteger held = world.state().ledger().of(World.DEVELOPER).held().pico();
      assertThat(world.available().pico().add(held).add(charged).subtract(back))
          .isEqualTo(before.pico());
    }

    private void step() {
      switch (random.nextInt(4)) {
        case 0 -> correct();
        case 1 -> world.pass(Duration.ofSeconds(random.nextInt(700)));
        case 2 -> {
          long last = world.state().settlements().lastNumber();
          if (last > 0) {
            world.run(new AcknowledgeSettlement(last, "paid-" + last));
          }
        }
        default -> charge();
      }
    }

    private void charge() {
      AssignmentId id = running.get(random.nextInt(running.size()));
      long gas = world.assignment(id).meter().gasUsed() + random.nextInt(10_000);
      charged = charged.add(world.charge(id, ++sequence, gas).pico());
    }

    private void correct() {
      List<CorrectedCharge> all = charges(world);
      if (!all.isEmpty()) {
        CorrectedCharge charge = all.get(random.nextInt(all.size()));
        int before = world.journal().size();
        world.run(correction(charge));
        if (world.journal().size() > before) {
          back = back.add(charge.total().pico());
        }
      }
    }
  }
}
