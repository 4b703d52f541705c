package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.history.HistoryKey;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.EntryView;
import io.phalanx.scheduler.view.MinerView;
import io.phalanx.scheduler.view.SettlementView;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListsTest {

  @TempDir Path folder;

  @Nested
  class Accounts {

    @Test
    void showEveryMovementAtOnce() {
      try (TestNode node = new TestNode(folder)) {
        AccountReads reads = new AccountReads(node.engine);
        assertThat(reads.account("dev", Amount.of(77)).available()).isEqualTo(Amount.of(77));
        node.done(new Deposit("dev", Amount.ofPha(20), "ref-1", Amount.ZERO));
        DeploymentId id = node.create(TestNode.spec(1));
        node.done(new CancelDeployment("dev", id));
        node.done(new Deposit("second", Amount.ofPha(1), "ref-1", Amount.ZERO));
        Page<EntryView> entries = reads.entries("dev", PageRequest.NEWEST);
        assertThat(entries.items())
            .extracting(EntryView::kind)
            .containsExactly("release", "hold", "deposit");
        assertThat(entries.items().get(1).deploymentId()).isEqualTo(id);
        assertThat(entries.items().get(1).balance()).isEqualTo(Amount.ofPha(15));
        assertThat(reads.account("dev", Amount.of(77)).available()).isEqualTo(Amount.ofPha(20));
        Page<EntryView> oldest = reads.entries("dev", new PageRequest(2, null, true));
        assertThat(oldest.items()).extracting(EntryView::kind).containsExactly("deposit", "hold");
        Cursor after = Cursor.parse(Objects.requireNonNull(oldest.next())).orElseThrow();
        Page<EntryView> rest = reads.entries("dev", new PageRequest(2, after, true));
        assertThat(rest.items()).extracting(EntryView::kind).containsExactly("release");
        assertThat(rest.next()).isNull();
      }
    }
  }

  @Nested
  class Miners {

    @Test
    void areFilteredAndPaged() {
      try (TestNode node = new TestNode(folder)) {
        MinerReads reads = new MinerReads(node.engine, node.clock);
        for (int i = 0; i < 6; i++) {
          node.startMiner(TestNode.miner(i, 1 + i % 3, "op-" + i % 2, 100));
        }
        node.done(TestNode.miner(6, 1, "op-0", 100));
        node.done(new Heartbeat(TestNode.minerId(2), 1, null));
        assertThat(ids(reads.list(MinerFilter.ALL, new PageRequest(3, null, false))))
            .containsExactly(6, 5, 4);
        MinerFilter idle = filter(Set.of(MinerState.IDLE), Set.of(1, 3), Set.of("op-0"), Set.of());
        assertThat(ids(reads.list(idle, new PageRequest(10, null, true)))).containsExactly(0, 2);
        MinerFilter inUs = filter(Set.of(), Set.of(), Set.of(), Set.of("us"));
        Page<MinerView> first = reads.list(inUs, new PageRequest(2, null, true));
        assertThat(ids(first)).containsExactly(1, 3);
        Cursor after = Cursor.parse(Objects.requireNonNull(first.next())).orElseThrow();
        Page<MinerView> rest = reads.list(inUs, new PageRequest(2, after, true));
        assertThat(ids(rest)).containsExactly(5);
        assertThat(rest.next()).isNull();
        assertThat(reads.find(TestNode.minerId(2)).orElseThrow().lastHeartbeatAt()).isNotNull();
        assertThat(reads.find(TestNode.minerId(6)).orElseThrow().blockers())
            .containsExactly("stopped");
        assertThat(reads.find(TestNode.minerId(99))).isEmpty();
      }
    }

    private static MinerFilter filter(
        Set<MinerState> states, Set<Integer> tiers, Set<String> operators, Set<String> regions) {
      return new MinerFilter(states, tiers, operators, regions);
    }

    private static List<Integer> ids(Page<MinerView> page) {
      return page.items().stream()
          .map(miner -> Integer.parseInt(miner.minerId().text(), 16))
          .toList();
    }
  }

  @Nested
  class Settlements {

    @Test
    void stayReadableAfterTheyLeftTheState() {
      try (TestNode node = new TestNode(folder)) {
        SettlementReads reads = new SettlementReads(node.engine);
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        DeploymentId id = node.create(TestNode.spec(1));
        node.awaitState(state -> state.deployments().lacking().isEmpty());
        Assignment assignment = node.newest(id);
        node.acknowledge(assignment);
        for (int i = 1; i <= 3; i++) {
          node.read(assignment, i, i * 1_000_000L);
          TestNode.pass(Duration.ofMinutes(10));
          node.done(new Heartbeat(TestNode.minerId(1), i, null));
          int number = i;
          node.awaitState(
              state ->
                  state
                      .settlements()
                      .find(number)
                      .filter(s -> s.state() == SettlementState.DELIVERED)
                      .isPresent());
        }
        node.done(new AcknowledgeSettlement(1, "paid-1"));
        node.letGo(state -> state.settlements().find(1).isEmpty());
        SettlementView first = reads.find(1, Sight.ALL).orElseThrow();
        assertThat(first.state()).isEqualTo(SettlementState.ACKNOWLEDGED);
        assertThat(first.lines()).hasSize(1);
        assertThat(numbers(reads.list(Set.of(), Sight.ALL, PageRequest.NEWEST)))
            .containsExactly(3L, 2L, 1L);
        PageRequest pull = new PageRequest(100, null, true);
        assertThat(numbers(reads.list(Set.of(SettlementState.DELIVERED), Sight.ALL, pull)))
            .containsExactly(2L, 3L);
        assertThat(numbers(reads.list(Set.of(SettlementState.ACKNOWLEDGED), Sight.ALL, pull)))
            .containsExactly(1L);
        assertThat(reads.list(Set.of(), Sight.ALL, pull).items().get(0).lines()).isNull();
        assertThat(reads.find(4, Sight.ALL)).isEmpty();
      }
    }

    private static List<Long> numbers(Page<SettlementView> page) {
      return page.items().stream().map(SettlementView::number).toList();
    }
  }

  @Nested
  class Rounds {

    @Test
    void tellHowFarFromTheBestTheyCanBe() {
      assertThat(RoundView.gap(1000, 1000)).isEqualByComparingTo("0");
      assertThat(RoundView.gap(0, 0)).isEqualByComparingTo("0");
      assertThat(RoundView.gap(999_999, 1_000_000)).isEqualByComparingTo("0.000001");
      assertThat(RoundView.gap(1, 3)).isEqualTo(new BigDecimal("0.666667"));
    }

    @Test
    void areListedByNumber() {
      try (TestNode node = new TestNode(folder)) {
        RoundReads reads = new RoundReads(node.engine);
        for (int i = 0; i < 3; i++) {
          node.startMiner(TestNode.miner(i, 1, "op-" + i, 100));
          node.create(TestNode.spec(1));
          node.awaitState(state -> state.deployments().lacking().isEmpty());
        }
        assertThat(reads.list(PageRequest.NEWEST).items())
            .extracting(RoundView::number)
            .containsExactly(3L, 2L, 1L);
        RoundView round = reads.find(2).orElseThrow();
        JsonNode json = CoreJson.shown().valueToTree(round);
        assertThat(json.get("placedReplicas").asInt()).isEqualTo(1);
        assertThat(json.get("gap").isNumber()).isTrue();
        assertThat(json.get("dropped").size()).isZero();
        assertThat(reads.list(PageRequest.NEWEST).items().get(0).dropped()).isNull();
        assertThat(reads.find(99)).isEmpty();
      }
    }
  }

  @Nested
  class Keys {

    @Test
    void areFoundAfterTheyLeftTheState() {
      try (TestNode node = new TestNode(folder)) {
        KeyMark key = KeyMark.of("dev POST /v1/accounts k", new byte[] {1});
        Deposit deposit = new Deposit("dev", Amount.of(5), "ref", Amount.ZERO);
        Outcome.Done first = (Outcome.Done) node.outcome(deposit, key);
        long position =
            node.engine
                .replica()
                .read(state -> state.keys().find(key.scope()).orElseThrow().position());
        KeyReads reads = new KeyReads(node.engine);
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Boolean> always =
            CompletableFuture.supplyAsync(
                () -> {
                  boolean found = true;
                  while (found && !gone.get()) {
                    found = reads.find(key.scope()).isPresent();
                  }
                  return found;
                });
        node.letGo(state -> state.keys().find(key.scope()).isEmpty());
        gone.set(true);
        assertThat(always.join()).isTrue();
        HistoryKey found = node.engine.history().key(key.scope()).orElseThrow();
        assertThat(found.mark()).isEqualTo(key);
        assertThat(found.position()).isEqualTo(position);
        assertThat(CoreJson.shown().valueToTree(node.engine.firstAnswer(position)).toString())
            .isEqualTo(CoreJson.shown().valueToTree(first.answer()).toString());
      }
    }
  }
}
