package io.phalanx.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.statement.Statement.Period;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static final Period FIRST_SECOND =
      Period.parse("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z");

  /** A charge of that many units at a price of 5, a fifth of it for the treasury. */
  private static Charge charge(
      String developer, String operator, String deployment, String miner, long gas) {
    return charge(developer, operator, deployment, miner, gas, 0);
  }

  private static Charge charge(
      String developer, String operator, String deployment, String miner, long gas, long atMs) {
    return new Charge(
        developer,
        operator,
        new Receipt(
            "r-1",
            new DeploymentId(deployment),
            new AssignmentId("a-1"),
            new MinerId(miner),
            1,
            1,
            gas,
            GasPrice.of(5),
            Amount.of(4 * gas),
            Amount.of(gas),
            Timestamps.text(atMs),
            null));
  }

  private static Statement statement(Subject subject, String name, Charge... charges) {
    return Statement.of(subject, name, FIRST_SECOND, List.of(charges), List.of());
  }

  @Nested
  class Of {
    private final Charge[] charges = {
      charge("ann", "op-1", "d-2", "m-1", 10),
      charge("ann", "op-2", "d-1", "m-2", 20),
      charge("ann", "op-1", "d-2", "m-3", 40),
      charge("ben", "op-1", "d-3", "m-1", 80)
    };

    @Test
    void sumsADevelopersChargesByDeployment() {
      Statement statement = statement(Subject.DEVELOPER, "ann", charges);
      assertThat(statement.lines().keySet()).containsExactly("d-1", "d-2");
      assertThat(statement.lines())
          .containsEntry("d-2", new Sums(2, 50, Amount.of(200), Amount.of(50), Amount.ZERO));
      assertThat(statement.sums())
          .isEqualTo(new Sums(3, 70, Amount.of(280), Amount.of(70), Amount.ZERO));
    }

    @Test
    void sumsAnOperatorsEarningsByMiner() {
      Statement statement = statement(Subject.OPERATOR, "op-1", charges);
      assertThat(statement.lines().keySet()).containsExactly("m-1", "m-3");
      assertThat(statement.sums().gas()).isEqualTo(130);
    }

    @Test
    void sumsAMinersEarningsByDeployment() {
      Statement statement = statement(Subject.MINER, "m-1", charges);
      assertThat(statement.lines().keySet()).containsExactly("d-2", "d-3");
      assertThat(statement.sums().fee()).isEqualTo(Amount.of(360));
    }

    @Test
    void takesTheFirstInstantOfAPeriodAndNotTheOneAfterIt() {
      Statement statement =
          statement(
              Subject.DEVELOPER,
              "ann",
              charge("ann", "op", "d", "m", 1, 0),
              charge("ann", "op", "d", "m", 2, 999),
              charge("ann", "op", "d", "m", 4, 1_000));
      assertThat(statement.sums().gas()).isEqualTo(3);
    }

    @Test
    void splitsAllMoneyOverTheStatementsOfEachKind() {
      SplittableRandom random = new SplittableRandom(1);
      List<Charge> all = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int miner = random.nextInt(20);
        int deployment = random.nextInt(30);
        all.add(
            charge(
                "dev-" + deployment % 4,
                "op-" + miner % 3,
                "d-" + deployment,
                "m-" + miner,
                random.nextLong(1L << 40)));
      }
      Sums whole = Sums.NOTHING;
      for (Charge charge : all) {
        whole = whole.plus(charge.receipt());
      }
      assertThat(total(Subject.DEVELOPER, "dev-", 4, all)).isEqualTo(whole.total());
      assertThat(total(Subject.OPERATOR, "op-", 3, all)).isEqualTo(whole.total());
      assertThat(total(Subject.MINER, "m-", 20, all)).isEqualTo(whole.total());
    }

    private static Amount total(Subject subject, String prefix, int count, List<Charge> all) {
      Amount total = Amount.ZERO;
      for (int i = 0; i < count; i++) {
        Statement statement = Statement.of(subject, prefix + i, FIRST_SECOND, all, List.of());
        Amount lines =
            statement.lines().values().stream().map(Sums::total).reduce(Amount.ZERO, Amount::plus);
        assertThat(lines).isEqualTo(statement.sums().total());
        total = total.plus(lines);
      }
      return total;
    }
  }

  @Nested
  class Corrections {
    @Test
    void standBesideTheChargesOfThePeriodTheyWereMadeIn() {
      CorrectedCharge charge =
          new CorrectedCharge(
              "r-1",
              0,
              "ann",
              "op-1",
              new DeploymentId("d-1"),
              new AssignmentId("a-1"),
              new MinerId("m-1"),
              10,
              Amount.of(40),
              Amount.of(10));
      List<Correction> corrections =
          List.of(
              new Correction(Timestamps.text(999), charge),
              new Correction(Timestamps.text(1_000), charge));
      Statement statement =
          Statement.of(
              Subject.DEVELOPER,
              "ann",
              FIRST_SECOND,
              List.of(charge("ann", "op-1", "d-2", "m-1", 10)),
              corrections);
      assertThat(statement.sums())
          .isEqualTo(new Sums(1, 10, Amount.of(40), Amount.of(10), Amount.of(50)));
      assertThat(statement.lines().keySet()).containsExactly("d-1", "d-2");
      Statement other = Statement.of(Subject.MINER, "m-2", FIRST_SECOND, List.of(), corrections);
      assertThat(other.sums()).isEqualTo(Sums.NOTHING);
    }
  }

  @Nested
  class Text {
    private final Statement statement =
        statement(Subject.OPERATOR, "op-1", charge("ann", "op-1", "d-1", "m-9", 10));

    @Test
    void asJsonHasTheSumsAndALineForEach() {
      assertThat(statement.json().toString())
          .isEqualTo(
              "{\"subject\":\"operator\",\"name\":\"op-1\",\"from\":\"1970-01-01T00:00:00.000Z\","
                  + "\"to\":\"1970-01-01T00:00:01.000Z\",\"receipts\":1,\"gas\":10,"
                  + "\"fee\":\"40\",\"treasury\":\"10\",\"total\":\"50\",\"corrected\":\"0\",\"lines\":["
                  + "{\"minerId\":\"m-9\",\"receipts\":1,\"gas\":10,\"fee\":\"40\","
                  + "\"treasury\":\"10\",\"total\":\"50\",\"corrected\":\"0\"}]}");
    }

    @Test
    void asCsvHasAHeaderAndALineForEach() {
      assertThat(statement.csv())
          .isEqualTo(
              "minerId,receipts,gas,fee,treasury,total,corrected\r\nm-9,1,10,40,10,50,0\r\n");
    }
  }
}
