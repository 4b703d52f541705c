package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.api.read.ExplanationView.EliminationView;
import io.phalanx.api.read.ExplanationView.MinerAnswer;
import io.phalanx.placement.Preference;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplanationsTest {

  private static final Optional<String> ANYBODY = Optional.empty();
  private static final Optional<MinerId> NO_MINER = Optional.empty();

  @TempDir Path folder;

  private static Explanations explanations(TestNode node) {
    return new Explanations(node.engine, node.clock, Duration.ofSeconds(1));
  }

  private static ExplanationView explain(Explanations explanations, DeploymentId id) {
    return explanations.explain(id, ANYBODY, NO_MINER).orElseThrow();
  }

  private static DeploymentSpec spec(int replicas, int minReplicas, int minPerformance, int cap) {
    return new DeploymentSpec(
        null,
        "0x" + "ab".repeat(32),
        null,
        Tiers.of(List.of(1)),
        minPerformance,
        replicas,
        minReplicas,
        cap,
        List.of("eu"),
        List.of("op-a", "op-d"),
        List.of("op-d"),
        Preference.BALANCED,
        GasPrice.of(150),
        Amount.ofPha(5),
        null,
        new IsoDuration("P30D"),
        new TreeMap<>());
  }

  private static RegisterMiner miner(
      int number, String operator, int performance, @Nullable Long expiresAtMs) {
    return miner(number, operator, performance, expiresAtMs, 100);
  }

  private static RegisterMiner miner(
      int number, String operator, int performance, @Nullable Long expiresAtMs, long ask) {
    Evidence evidence = new Evidence(1, "declared", 1, List.of(), 0, expiresAtMs, null);
    return new RegisterMiner(
        TestNode.minerId(number),
        operator,
        "eu",
        Amount.ofPha(5000),
        performance,
        GasPrice.of(ask),
        evidence);
  }

  @Nested
  class Verdicts {

    @Test
    void followADeploymentThroughItsLife() {
      try (TestNode node = new TestNode(folder)) {
        Explanations explanations = explanations(node);
        DeploymentSpec one = TestNode.spec(1);
        assertThat(explanations.dryRun(one).verdict()).isEqualTo("never");
        node.startMiner(TestNode.miner(1, 2, "op-1", 100));
        assertThat(explanations.dryRun(one).verdict()).isEqualTo("placeable");
        DeploymentId first = node.create(one);
        node.awaitState(state -> state.deployments().lacking().isEmpty());
        ExplanationView placed = explain(explanations, first);
        assertThat(placed.verdict()).isEqualTo("placed");
        assertThat(placed.queuePosition()).isNull();
        assertThat(placed.eligibleMiners()).isEqualTo(1);
        assertThat(placed.idleEligibleMiners()).isZero();
        assertThat(placed.chosen()).hasSize(1);
        ExplanationView.Chosen chosen = placed.chosen().get(0);
        assertThat(chosen.minerId()).isEqualTo(TestNode.minerId(1));
        assertThat(chosen.terms()).hasSize(6).containsEntry("security", 750L);
        assertThat(chosen.score())
            .isEqualTo(chosen.terms().values().stream().mapToLong(Long::longValue).sum());
        DeploymentId second = node.create(one);
        DeploymentId third = node.create("second", one);
        assertThat(explain(explanations, second).verdict()).isEqualTo("waiting");
        assertThat(explain(explanations, second).queuePosition()).isEqualTo(1);
        assertThat(explain(explanations, third).queuePosition()).isEqualTo(2);
        DeploymentId gang = node.create(TestNode.spec(2));
        assertThat(explain(explanations, gang).verdict()).isEqualTo("never");
        assertThat(explain(explanations, gang).eliminations())
            .contains(new EliminationView("minReplicas", 0), new EliminationView("busy", 1));
        assertThat(explanations.explain(first, Optional.of("second"), NO_MINER)).isEmpty();
        assertThat(explanations.explain(first, ANYBODY, Optional.of(TestNode.minerId(9))))
            .isEmpty();
        assertEnded(node, explanations, first, gang);
      }
    }

    private void assertEnded(
        TestNode node, Explanations explanations, DeploymentId first, DeploymentId gang) {
      node.done(new CancelDeployment(TestNode.DEVELOPER, first));
      node.done(new CancelDeployment(TestNode.DEVELOPER, gang));
      assertThat(explain(explanations, first).verdict()).isEqualTo("placed");
      node.letGo(state -> state.deployments().find(gang).isEmpty());
      JsonNode json = CoreJson.shown().valueToTree(explain(explanations, gang));
      assertThat(json.toString())
          .isEqualTo(
              "{\"state\":\"Ended\",\"verdict\":\"never\",\"eligibleMiners\":0,"
                  + "\"idleEligibleMiners\":0,\"queuePosition\":null,"
                  + "\"estimatedWait\":{\"p50\":null,\"p90\":null},\"eliminations\":[],"
                  + "\"relaxations\":[],\"chosen\":[],\"runnersUp\":[]}");
      assertThat(explanations.explain(gang, Optional.of("second"), NO_MINER)).isEmpty();
    }
  }

  @Nested
  class Eliminations {

    @Test
    void countEveryMinerUnderEachConstraintThatItFails() {
      try (TestNode node = new TestNode(folder)) {
        Explanations explanations = explanations(node);
        long soon = node.clock.millis() + Duration.ofMinutes(2).toMillis();
        node.startMiner(miner(22, "op-a", 1022, null)); // busy
        Assignment busy = placed(node, spec(1, 1, 1022, 0));
        node.acknowledge(busy);
        node.startMiner(miner(0, "op-a", 1000, null)); // fails nothing
        node.startMiner(TestNode.miner(2, 2, "op-a", 100)); // tier
        node.startMiner(miner(10, "op-a", 900, null)); // performance
        node.startMiner(TestNode.miner(4, 1, "op-a", 200)); // gasPrice
        node.startMiner(TestNode.miner(1, 1, "op-a", 100)); // region
        node.startMiner(miner(6, "op-z", 1000, null)); // allowOperators
        node.startMiner(miner(8, "op-d", 1000, null)); // denyOperators
        node.done(miner(12, "op-a", 1000, null)); // stopped
        node.startMiner(miner(14, "op-a", 1000, null)); // coolingDown
        node.done(new StopMiner(TestNode.minerId(14)));
        node.startMiner(miner(16, "op-a", 1000, null)); // cordoned
        node.done(new CordonMiner(TestNode.minerId(16), "admin", "test", null));
        node.startMiner(miner(18, "op-a", 1000, soon)); // evidence
        node.startMiner(miner(20, "op-a", 1000, null)); // unresponsive
        fallSilent(node, 20);
        ExplanationView one = explanations.dryRun(spec(1, 1, 1000, 0));
        assertThat(one.eliminations())
            .containsExactlyInAnyOrderElementsOf(
                List.of(
                        "tier",
                        "performance",
                        "gasPrice",
                        "region",
                        "allowOperators",
                        "denyOperators",
                        "stopped",
                        "coolingDown",
                        "busy",
                        "unresponsive",
                        "cordoned",
                        "evidence")
                    .stream()
                    .map(constraint -> new EliminationView(constraint, 1))
                    .toList());
        assertThat(one.eligibleMiners()).isEqualTo(7);
        assertThat(one.idleEligibleMiners()).isEqualTo(1);
        assertThat(one.verdict()).isEqualTo("placeable");
        ExplanationView more = explanations.dryRun(spec(3, 3, 1000, 0));
        assertThat(more.verdict()).isEqualTo("waiting");
        assertThat(more.eliminations()).contains(new EliminationView("minReplicas", 0));
        assertThat(explanations.dryRun(spec(8, 8, 1000, 0)).verdict()).isEqualTo("never");
      }
    }

    private static void fallSilent(TestNode node, int number) {
      TestNode.pass(Duration.ofSeconds(125));
      MinerId silent = TestNode.minerId(number);
      node.awaitState(state -> !state.miners().known(silent).standing().responsive());
      for (int i = 0; i <= 22; i++) {
        MinerId id = TestNode.minerId(i);
        if (i != number && node.engine.replica().read(s -> s.miners().find(id).isPresent())) {
          node.outcome(new Heartbeat(id, 1, null), null);
        }
      }
    }

    private static Assignment placed(TestNode node, DeploymentSpec spec) {
      DeploymentId id = node.create(spec);
      node.awaitState(state -> !state.assignments().of(id).isEmpty());
      return node.newest(id);
    }

    @Test
    void countTheCapAndExclusions() {
      try (TestNode node = new TestNode(folder)) {
        Explanations explanations = explanations(node);
        node.startMiner(miner(0, "op-a", 1000, null));
        Assignment declined = placed(node, spec(2, 1, 0, 1));
        DeploymentId id = declined.deploymentId();
        node.done(new FailAssignment(declined.id(), declined.epoch(), "no room"));
        node.startMiner(miner(2, "op-a", 1000, null));
        node.awaitState(state -> state.assignments().of(id).size() == 2);
        ExplanationView view = explain(explanations, id);
        assertThat(view.eliminations())
            .contains(
                new EliminationView("maxPerOperator", 2), // both: one of their operator runs it
                new EliminationView("excluded", 2), // one declined, one runs it
                new EliminationView("busy", 1));
        assertThat(view.eligibleMiners()).isZero();
      }
    }
  }

  @Nested
  class Relaxations {

    @Test
    void areMergePatchesOfTheRequest() {
      try (TestNode node = new TestNode(folder)) {
        Explanations explanations = explanations(node);
        node.startMiner(TestNode.miner(1, 3, "op-b", 200));
        DeploymentId id = node.create(TestNode.spec(1, List.of(1, 2), 500, Map.of()));
        ExplanationView waits = explain(explanations, id);
        assertThat(CoreJson.shown().valueToTree(waits.relaxations()).toString())
            .isEqualTo(
                "[{\"change\":{\"tiers\":[1,2,3]},\"eligibleMiners\":1,\"idleEligibleMiners\":1}]");
        assertThat(waits.runnersUp()).isEmpty();
        ExplanationView relaxed =
            explanations.dryRun(TestNode.spec(1, List.of(1, 2, 3), 500, Map.of()));
        assertThat(relaxed.verdict()).isEqualTo("placeable");
        assertThat(relaxed.relaxations()).isEmpty();
        assertThat(relaxed.runnersUp())
            .singleElement()
            .satisfies(
                runnerUp -> {
                  assertThat(runnerUp.minerId()).isEqualTo(TestNode.minerId(1));
                  assertThat(runnerUp.replica()).isNull();
                  assertThat(runnerUp.terms()).hasSize(6);
                });
      }
    }

    @Test
    void writePricesAndReplicasAsTheRequestDoes() {
      try (TestNode node = new TestNode(folder)) {
        Explanations explanations = explanations(node);
        node.startMiner(miner(0, "op-a", 1000, null, 180));
        node.startMiner(miner(2, "op-a", 1000, null, 100));
        assertThat(
                CoreJson.shown()
                    .valueToTree(explanations.dryRun(spec(2, 2, 0, 2)).relaxations())
                    .toString())
            .contains("{\"maxGasPrice\":\"180\"}", "{\"minReplicas\":1}");
      }
    }
  }

  @Nested
  class AboutAMiner {

    @Test
    void namesAllThatItFailsOrComparesItTermByTerm() {
      try (TestNode node = new TestNode(folder)) {
        Explanations explanations = explanations(node);
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        DeploymentId id = node.create(TestNode.spec(1, List.of(1, 2), 500, Map.of()));
        node.awaitState(state -> state.deployments().lacking().isEmpty());
        node.startMiner(TestNode.miner(2, 2, "op-2", 100));
        node.done(TestNode.miner(3, 3, "op-3", 900));
        MinerAnswer other = about(explanations, id, 2);
        assertThat(other.fails()).isEmpty();
        assertThat(other.differences()).hasSize(1);
        assertThat(other.differences().get(0).terms())
            .containsEntry("security", 250L)
            .containsEntry("economy", 0L)
            .containsEntry("dispersion", 0L); // it was chosen when its operator had nothing to do
        long chosenScore = explain(explanations, id).chosen().get(0).score();
        assertThat(other.differences().get(0).score())
            .isEqualTo(chosenScore - Objects.requireNonNull(other.score()));
        assertThat(about(explanations, id, 3).fails())
            .containsExactly("tier", "gasPrice", "stopped");
        assertThat(about(explanations, id, 3).score()).isNull();
        MinerAnswer chosen = about(explanations, id, 1);
        assertThat(chosen.fails()).isEmpty();
        assertThat(chosen.differences().get(0).score()).isZero();
      }
    }

    private static MinerAnswer about(Explanations explanations, DeploymentId id, int miner) {
      ExplanationView view =
          explanations.explain(id, ANYBODY, Optional.of(TestNode.minerId(miner))).orElseThrow();
      return Objects.requireNonNull(view.miner());
    }
  }
}
