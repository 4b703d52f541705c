package io.phalanx.loadtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.simulator.ledger.LedgerOfAnswers;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class JournalBooksTest {

  private static final BigInteger TEN = BigInteger.TEN;

  private final LedgerOfAnswers ledger = LedgerOfAnswers.inMemory();
  private final JournalBooks books = new JournalBooks();
  private long position;

  private void happens(Event event) {
    books.take(new StampedEvent(event, new Moment(++position, 1_000)));
  }

  private List<String> faults() {
    return books.faults(
        new Snapshot(
            ledger.deployments(),
            ledger.miners(),
            ledger.gas(),
            ledger.funds(),
            ledger.highestPosition()));
  }

  private static DeploymentCreated created(String id, String name) {
    DeploymentSpec spec =
        new DeploymentSpec(
            name,
            "0x" + "ab".repeat(32),
            null,
            Tiers.of(List.of(1)),
            0,
            1,
            1,
            0,
            List.of(),
            List.of(),
            List.of(),
            Preference.BALANCED,
            GasPrice.of(1),
            Amount.of(1),
            null,
            new IsoDuration("P30D"),
            new TreeMap<>());
    return new DeploymentCreated(new DeploymentId(id), "dev", spec, null);
  }

  private static GasCharged charged(long fee) {
    AssignmentId id = new AssignmentId("a-1");
    return new GasCharged(id, 1, fee, fee, 0, Amount.of(fee), Amount.ZERO, false, null);
  }

  @Nested
  class Faults {

    @Test
    void areNoneWhenAllThatWasAcknowledgedIsThereOnce() {
      ledger.deployment("d-1", "dev", "one", "one", 1);
      happens(created("d-1", "one"));
      happens(created("d-2", "two")); // not answered: may be there
      assertThat(faults()).isEmpty();
    }

    @Test
    void nameALostDeployment() {
      ledger.deployment("d-1", "dev", "one", "one", 1);
      assertThat(faults()).singleElement().asString().contains("d-1");
    }

    @Test
    void nameALostMiner() {
      ledger.miner("ab", 1);
      assertThat(faults()).singleElement().asString().contains("miner ab");
    }

    @Test
    void nameARequestThatWasDoneTwice() {
      happens(created("d-1", "one"));
      happens(created("d-2", "one"));
      assertThat(faults()).singleElement().asString().contains("one", "d-1", "d-2");
    }

    @Test
    void nameALostAndADoubledDeposit() {
      ledger.opening("dev", BigInteger.ZERO);
      ledger.depositSent("dev", TEN);
      ledger.deposited("dev", "r-1", TEN, 1);
      assertThat(faults()).singleElement().asString().contains("got 0, acknowledged 10");
      happens(new Deposited("dev", new Amount(TEN), "r-1"));
      assertThat(faults()).isEmpty();
      happens(new Deposited("dev", new Amount(TEN), "r-1"));
      assertThat(faults())
          .hasSize(2)
          .anySatisfy(fault -> assertThat(fault).contains("got 20, sent at most 10"))
          .anySatisfy(fault -> assertThat(fault).contains("deposit r-1 of dev is there twice"));
    }

    @Test
    void nameALostAndADoubledCharge() {
      ledger.gasSent("a-1", "d-1", BigInteger.ONE, 10);
      ledger.gasCharged("a-1", TEN, 1);
      assertThat(faults()).singleElement().asString().contains("charged 0, answered 10");
      happens(charged(10));
      assertThat(faults()).isEmpty();
      happens(charged(10));
      assertThat(faults()).singleElement().asString().contains("charged 20, used at most 10");
    }
  }

  @Nested
  class LostDeposits {

    @Test
    void areThoseThatTheJournalDoesNotHaveOfThatAccount() {
      happens(new Deposited("dev", new Amount(TEN), "r-1"));
      happens(new Deposited("other", new Amount(TEN), "r-2"));
      assertThat(books.lostDeposits("dev", List.of("r-1"))).isEmpty();
      assertThat(books.lostDeposits("dev", List.of("r-1", "r-2")))
          .singleElement()
          .asString()
          .contains("deposit r-2 of dev");
    }
  }
}
