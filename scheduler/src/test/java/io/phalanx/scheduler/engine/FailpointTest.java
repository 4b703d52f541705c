package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.state.Keys;
import io.phalanx.scheduler.unit.Amount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that dies before and after everything it does to the world, each once, while its clients
 * go on; what they were told must have happened, once.
 */
final class FailpointTest {
  private static final int MINERS = 2;
  private static final int MOST_CYCLES = 6;

  @TempDir Path folder;

  private final Map<KeyMark, Long> told = new HashMap<>();
  private final Set<String> deposits = new TreeSet<>();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private MortalNode node;

  private int cycles;

  @BeforeEach
  void open() throws InterruptedException {
    node = new MortalNode(folder);
    for (int i = 0; i < MINERS; i++) {
      done(TestEngine.registration(i), key("miner " + i));
      done(new StartMiner(TestEngine.minerId(i)), null);
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void atEachOfThemNothingIsLostAndNothingHappensTwice() throws InterruptedException {
    List<Failpoint> hit = new ArrayList<>();
    for (Failpoint point : Failpoint.all()) {
      int deaths = node.deaths();
      node.restartWith(point);
      for (int i = 0; node.deaths() == deaths && !node.hasDied(); i++) {
        if (i == MOST_CYCLES) {
          fail("never " + point);
        }
        cycle();
      }
      node.engine();
      hit.add(point);
      checkTold();
    }
    cycle();
    System.out.println("failpoints: died " + node.deaths() + " times in " + cycles + " cycles");
    assertThat(node.deaths()).isEqualTo(Failpoint.all().size());
    assertThat(hit).containsExactlyElementsOf(Failpoint.all());
    checkDelivered();
    try (SqliteJournal journal = node.remains()) {
      assertThat(StoredAudit.of(journal).violations()).isEmpty();
      checkJournal(journal);
    }
  }

  /** A contract from its deployment to its payment, and time for it to leave the state. */
  private void cycle() throws InterruptedException {
    cycles++;
    for (int i = 0; i < MINERS; i++) {
      done(new Heartbeat(TestEngine.minerId(i), node.engine().replica().head().last(), null), null);
    }
    KeyMark key = key("deployment " + cycles);
    done(TestEngine.deployment(1), key);
    DeploymentId id = DeploymentId.at(position(key));
    node.await("an order", state -> !state.assignments().of(id).isEmpty());
    Assignment order = newest(id);
    done(new AcknowledgeAssignment(order.id(), order.epoch()), null);
    done(new ReportGas(List.of(new Reading(order.id(), order.epoch(), 1, 1000, false))), null);
    node.ask(new ReportGas(List.of(new Reading(order.id(), order.epoch(), 2, 2000, true))), null);
    node.ask(new CompleteAssignment(order.id(), order.epoch(), null), null);
    node.pass(Duration.ofMinutes(10));
    node.await(
        "a settlement's delivery",
        state ->
            state.settlements().openLines().isEmpty()
                && state.settlements().oldestUndelivered().isEmpty());
    acknowledgeSettlements();
    deposit();
  }

  private void acknowledgeSettlements() throws InterruptedException {
    List<Long> open =
        node.engine()
            .replica()
            .read(
                state ->
                    state.settlements().kept().values().stream()
                        .filter(one -> one.state() == SettlementState.DELIVERED)
                        .map(Settlement::number)
                        .toList());
    for (long number : open) {
      done(new AcknowledgeSettlement(number, "paid-" + number), null);
    }
  }

  private void deposit() throws InterruptedException {
    String reference = "deposit-" + cycles;
    done(new Deposit("dev", Amount.of(1), reference, Amount.ZERO), key(reference));
    deposits.add(reference);
    node.pass(Duration.ofSeconds(40)); // what has ended may leave now
    done(new Deposit("dev", Amount.of(1), reference + "-b", Amount.ZERO), key(reference + "-b"));
    deposits.add(reference + "-b");
  }

  private static KeyMark key(String name) {
    return KeyMark.of("test " + name, new byte[] {1});
  }

  private void done(Command command, @org.jspecify.annotations.Nullable KeyMark key)
      throws InterruptedException {
    Outcome outcome = node.ask(command, key);
    assertThat(outcome).as("%s", command).isInstanceOf(Outcome.Done.class);
    if (key != null) {
      told.put(key, position(key));
    }
  }

  /** Where a key was used, as the state or the history has it. */
  private long position(KeyMark key) {
    Engine engine = node.engine();
    return engine
        .replica()
        .read(state -> state.keys().find(key.scope()))
        .map(Keys.Used::position)
        .or(() -> engine.history().key(key.scope()).map(kept -> kept.position()))
        .orElseThrow(() -> new AssertionError(key + " was answered and is not there"));
  }

  private Assignment newest(DeploymentId id) {
    List<Assignment> all = node.engine().replica().read(state -> state.assignments().of(id));
    return all.get(all.size() - 1);
  }

  private void checkTold() {
    told.forEach((key, position) -> assertThat(position(key)).as("%s", key).isEqualTo(position));
  }

  /** Each settlement came in order, and again only as it was. */
  private void checkDelivered() {
    Map<Long, MortalNode.Delivered> book = new TreeMap<>();
    for (MortalNode.Delivered delivered : node.delivered()) {
      long number = delivered.settlement().number();
      MortalNode.Delivered before = book.putIfAbsent(number, delivered);
      if (before == null) {
        assertThat(number).as("settlements in order").isEqualTo(book.size());
      } else {
        assertThat(delivered.seal()).isEqualTo(before.seal());
        assertThat(delivered.settlement().lines()).isEqualTo(before.settlement().lines());
      }
    }
    assertThat(node.delivered()).as("some came twice").hasSizeGreaterThan(book.size());
  }

  private void checkJournal(SqliteJournal journal) {
    List<StampedEvent> events = new ArrayList<>();
    EventCodec codec = new EventCodec();
    journal.read(0, row -> codec.decode(row.body(), row.first(), events::add));
    Map<KeyMark, Long> created =
        events.stream()
            .map(StampedEvent::event)
            .filter(DeploymentCreated.class::isInstance)
            .map(event -> ((DeploymentCreated) event).key())
            .collect(Collectors.groupingBy(key -> key, Collectors.counting()));
    assertThat(created).hasSize(cycles).allSatisfy((key, times) -> assertThat(times).isOne());
    assertThat(
            events.stream()
                .map(StampedEvent::event)
                .filter(Deposited.class::isInstance)
                .map(event -> ((Deposited) event).reference())
                .filter(reference -> reference.startsWith("deposit-")))
        .containsExactlyInAnyOrderElementsOf(deposits);
  }
}
