package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentReadsTest {

  private static final Optional<String> ANYBODY = Optional.empty();

  @TempDir Path folder;

  private static List<DeploymentId> walk(
      DeploymentReads reads, DeploymentFilter filter, int limit, boolean ascending) {
    List<DeploymentId> ids = new ArrayList<>();
    Cursor after = null;
    do {
      Page<DeploymentView> page = reads.list(filter, new PageRequest(limit, after, ascending));
      page.items().forEach(item -> ids.add(item.id()));
      after = cursor(page.next());
    } while (after != null);
    return ids;
  }

  private static @Nullable Cursor cursor(@Nullable String next) {
    return next == null ? null : Cursor.parse(next).orElseThrow();
  }

  @Nested
  class One {

    @Test
    void showsWhatWasSpentWhenAChargeIsTakenBackAfterItHasLeftTheState() {
      try (TestNode node = new TestNode(folder)) {
        DeploymentReads reads = new DeploymentReads(node.engine, node.clock);
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        DeploymentId id = node.create(TestNode.spec(1));
        node.awaitState(state -> state.deployments().known(id).lacking() == 0);
        Assignment assignment = node.newest(id);
        node.acknowledge(assignment);
        node.read(assignment, 1, 1000);
        node.complete(assignment);
        Amount spent = reads.find(id, ANYBODY).orElseThrow().spent();
        node.letGo(state -> state.deployments().find(id).isEmpty());
        assertThat(reads.find(id, ANYBODY).orElseThrow().spent()).isEqualTo(spent);

        CorrectedCharge charge = firstCharge(node);
        node.done(new CorrectCharge(charge, "the meter was broken"));
        long corrected = node.engine.replica().head().last();
        TestNode.await(() -> node.engine.history().followed() >= corrected);
        assertThat(reads.find(id, ANYBODY).orElseThrow().spent())
            .isEqualTo(spent.minus(charge.total()));
      }
    }
  }

  private static CorrectedCharge firstCharge(TestNode node) {
    StatementReads statements = new StatementReads(node.engine);
    return LongStream.rangeClosed(1, node.engine.replica().head().last())
        .mapToObj(position -> statements.charge(Receipt.idAt(position)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Lists {

    @Test
    void joinWhatLivesWithWhatIsOver() {
      try (TestNode node = new TestNode(folder)) {
        DeploymentReads reads = new DeploymentReads(node.engine, node.clock);
        List<DeploymentId> all = new ArrayList<>();
        List<DeploymentId> over = new ArrayList<>();
        List<DeploymentId> ofTeam = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
          String team = i % 3 == 0 ? "oracle" : "other";
          Map<String, String> labels = Map.of("team", team, "number", String.valueOf(i % 2));
          String developer = i % 4 == 3 ? "second" : TestNode.DEVELOPER;
          DeploymentId id = node.create(developer, TestNode.spec(1, List.of(1), 1000, labels));
          all.add(id);
          if (i % 3 == 0 && i % 2 == 1) {
            ofTeam.add(id);
          }
          if (i % 2 == 0) {
            node.done(new CancelDeployment(developer, id));
            over.add(id);
          }
        }
        node.letGo(state -> state.deployments().ended().isEmpty());
        int live = node.engine.replica().read(state -> state.deployments().all().size());
        assertThat(live).isEqualTo(7);
        DeploymentId justOver = all.get(11);
        node.done(new CancelDeployment("second", justOver));
        over.add(6, justOver); // seven are over, this one after the sixth by creation
        for (int limit : List.of(1, 3, 100)) {
          assertThat(walk(reads, DeploymentFilter.ALL, limit, true)).isEqualTo(all);
          assertThat(walk(reads, DeploymentFilter.ALL, limit, false)).isEqualTo(reversed(all));
          DeploymentFilter ended =
              new DeploymentFilter(Set.of(DeploymentState.ENDED), Map.of(), Set.of());
          assertThat(walk(reads, ended, limit, true)).isEqualTo(over);
        }
        assertFilters(reads, ofTeam);
      }
    }

    private void assertFilters(DeploymentReads reads, List<DeploymentId> ofTeam) {
      Map<String, Set<String>> labels =
          Map.of("team", Set.of("oracle", "x"), "number", Set.of("1"));
      DeploymentFilter labelled = new DeploymentFilter(Set.of(), labels, Set.of());
      assertThat(walk(reads, labelled, 2, true)).isEqualTo(ofTeam).isNotEmpty();
      DeploymentFilter second = new DeploymentFilter(Set.of(), Map.of(), Set.of("second"));
      assertThat(walk(reads, second, 2, false)).hasSize(3);
      DeploymentFilter pendingOfSecond =
          new DeploymentFilter(Set.of(DeploymentState.PENDING), Map.of(), Set.of("second"));
      assertThat(walk(reads, pendingOfSecond, 2, false)).hasSize(2);
      assertThat(reads.list(DeploymentFilter.ALL, PageRequest.NEWEST).items().get(0).assignments())
          .isNull();
    }

    private static List<DeploymentId> reversed(List<DeploymentId> ids) {
      List<DeploymentId> copy = new ArrayList<>(ids);
      Collections.reverse(copy);
      return copy;
    }

    @Test
    void goOnWhereTheyWereWhileItemsCome() {
      try (TestNode node = new TestNode(folder)) {
        DeploymentReads reads = new DeploymentReads(node.engine, node.clock);
        List<DeploymentId> first = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          first.add(node.create(TestNode.spec(1)));
        }
        Page<DeploymentView> page =
            reads.list(DeploymentFilter.ALL, new PageRequest(2, null, false));
        node.create(TestNode.spec(1));
        node.done(new CancelDeployment(TestNode.DEVELOPER, first.get(1)));
        Page<DeploymentView> next =
            reads.list(DeploymentFilter.ALL, new PageRequest(2, cursor(page.next()), false));
        assertThat(next.items())
            .extracting(DeploymentView::id)
            .containsExactly(first.get(1), first.get(0));
        assertThat(next.next()).isNull();
      }
    }
  }

  @Nested
  class Find {

    @Test
    void showsLiveAssignmentsBeforeTheNewestEndedOnes() {
      try (TestNode node = new TestNode(folder)) {
        DeploymentReads reads = new DeploymentReads(node.engine, node.clock);
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        node.startMiner(TestNode.miner(2, 1, "op-2", 100));
        DeploymentId id = node.create(TestNode.spec(2));
        node.awaitState(state -> state.deployments().lacking().isEmpty());
        List<Assignment> both = node.engine.replica().read(s -> s.assignments().of(id));
        both.forEach(node::acknowledge);
        node.complete(both.get(0));
        node.letGo(state -> state.assignments().find(both.get(0).id()).isEmpty());
        DeploymentView view = reads.find(id, ANYBODY).orElseThrow();
        assertThat(view.assignments())
            .extracting(AssignmentView::id)
            .containsExactly(both.get(1).id(), both.get(0).id());
        Page<AssignmentView> page =
            reads.assignments(id, ANYBODY, new PageRequest(1, null, false)).orElseThrow();
        assertThat(page.items()).extracting(AssignmentView::id).containsExactly(both.get(1).id());
        Page<AssignmentView> next =
            reads
                .assignments(id, ANYBODY, new PageRequest(1, cursor(page.next()), false))
                .orElseThrow();
        assertThat(next.items()).extracting(AssignmentView::id).containsExactly(both.get(0).id());
        assertThat(next.next()).isNull();
        assertThat(reads.find(id, Optional.of("second"))).isEmpty();
        assertThat(reads.find(new DeploymentId("d-none"), ANYBODY)).isEmpty();
        node.complete(both.get(1));
        node.letGo(state -> state.deployments().find(id).isEmpty());
        DeploymentView over = reads.find(id, Optional.of(TestNode.DEVELOPER)).orElseThrow();
        assertThat(over.endReason()).isEqualTo(DeploymentEndReason.COMPLETED);
        assertThat(over.held()).isEqualTo(Amount.ZERO);
        assertThat(over.assignments())
            .extracting(AssignmentView::id)
            .containsExactly(both.get(1).id(), both.get(0).id());
        assertThat(reads.find(id, Optional.of("second"))).isEmpty();
      }
    }
  }

  @Nested
  class Gas {

    @Test
    void tellsTheRateAndWhenTheMoneyEnds() {
      try (TestNode node = new TestNode(folder)) {
        DeploymentReads reads = new DeploymentReads(node.engine, node.clock);
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        DeploymentId id = node.create(TestNode.spec(1));
        node.awaitState(state -> state.deployments().lacking().isEmpty());
        Assignment assignment = node.newest(id);
        node.acknowledge(assignment);
        GasView before = reads.gas(id, ANYBODY).orElseThrow();
        assertThat(before.perHour()).isEqualTo(Amount.ZERO);
        assertThat(before.exhaustedAt()).isNull();
        TestNode.pass(Duration.ofMinutes(30));
        node.read(assignment, 1, 1_000_000);
        GasView view = reads.gas(id, ANYBODY).orElseThrow();
        GasView.Used used = view.assignments().get(0);
        assertThat(used.gasUsed()).isEqualTo(1_000_000);
        assertThat(used.charged()).isEqualTo(assignment.placement().gasPrice().times(1_000_000));
        long perHour = view.perHour().pico().longValueExact();
        assertThat(perHour).isBetween(199_000_000L * 99 / 100, 200_000_000L);
        // 5·10^12 − 10^8 pico-PHA at some 2·10^8 in an hour: some 25,000 hours
        Instant end = Instant.parse(java.util.Objects.requireNonNull(view.exhaustedAt()));
        assertThat(Duration.between(node.clock.instant(), end).toHours())
            .isBetween(24_990L, 25_300L);
      }
    }
  }
}
