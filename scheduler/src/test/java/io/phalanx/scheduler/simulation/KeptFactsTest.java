package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Line;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import io.phalanx.placement.kernel.Instance;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.round.RoundFacts;
import io.phalanx.scheduler.round.RoundStart;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What rounds are planned on, after any history, beside what the state says when asked anew. */
class KeptFactsTest {
  private static final int SEEDS = Integer.getInteger("phalanx.kept.seeds", 120);
  private static final int STEPS = 800;
  private static final PlacementEngine ENGINE = new PlacementEngine();
  private static final List<String> MUST_HAPPEN =
      List.of(
          "placed",
          "plans with lines",
          "states with live replicas to extend",
          "states with held miners",
          "states with quotes that wait",
          "states with contracts on the move",
          "plans with held miners");

  @Nested
  class Take {
    @Test
    void keepsWhatTheStateSays() {
      Tally tally = new Tally();
      for (long seed = 1; seed <= SEEDS; seed++) {
        new History(seed, tally).run();
      }
      assertThat(MUST_HAPPEN)
          .allSatisfy(what -> assertThat(tally.of(what)).as("%s in%n%s", what, tally).isPositive());
    }
  }

  /** Commands of every kind on one state, and facts that follow its changes. */
  private static final class History {
    private final List<Change> changes = new ArrayList<>();
    private final State state = new State((moment, change) -> changes.add(change));
    private final Writer writer =
        new Writer(state, new Liveness(), (event, moment) -> {}, CoreJson.shown());
    private final long seed;
    private final Tally tally;
    private final Chance chance;
    private final Clients clients;
    private final Planners planners;
    private RoundFacts kept = new RoundFacts(RoundStart.of(state));
    private long nowMs = World.START_MS;

    History(long seed, Tally tally) {
      this.seed = seed;
      this.tally = tally;
      chance = new Chance(seed);
      clients = new Clients(chance, chance.any(8, 14, 30));
      planners = new Planners(chance);
    }

    void run() {
      execute(new TakeOver(1, "node"));
      clients.opening(state, nowMs).forEach(this::execute);
      for (int step = 0; step < STEPS; step++) {
        step();
        if (chance.oneIn(4)) {
          compare();
        }
      }
    }

    private void step() {
      nowMs += chance.between(0, chance.any(10L, 1_000L, 30_000L));
      int kind = chance.below(100);
      if (kind < 60) {
        execute(clients.next(state, nowMs));
      } else if (kind < 78) {
        clients.heartbeats(state, 1000).forEach(this::execute);
      } else if (kind < 82) {
        execute(new Tick());
      } else if (kind < 96) {
        execute(new CommitRound(planners.careless(state, nowMs)));
        tally.add("placed", state.miners().active());
      } else if (kind < 97) {
        long upTo = chance.between(0, state.position());
        execute(new KeepHistory(upTo, upTo));
      } else if (kind < 98) {
        nowMs += Duration.ofMinutes(chance.between(1, 3_000)).toMillis();
      } else if (kind == 98) {
        kept = new RoundFacts(RoundStart.of(state));
        changes.clear();
      }
    }

    private void execute(Command command) {
      writer.execute(command, null, nowMs);
    }

    private void compare() {
      changes.forEach(kept::take);
      changes.clear();
      kept.settle(nowMs);
      PlacementFacts fresh = new PlacementFacts(state, nowMs);
      String when = "seed %d, position %d".formatted(seed, state.position());
      assertThat(kept.fleet().candidates(nowMs)).as(when).isEqualTo(fresh.candidates());
      assertThat(kept.demands(nowMs)).as(when).isEqualTo(fresh.demands());
      assertThat(kept.market(state.market().referencePrice())).isEqualTo(fresh.market());
      assertThat(kept.hasWork())
          .isEqualTo(
              (!fresh.candidates().isEmpty() && !fresh.demands().isEmpty())
                  || !state.quotes().competing().isEmpty());
      tally.add("states with quotes that wait", state.quotes().competing().isEmpty() ? 0 : 1);
      if (fresh.demands().stream().anyMatch(demand -> !demand.liveByOperator().isEmpty())) {
        tally.add("states with live replicas to extend");
      }
      if (fresh.candidates().stream().anyMatch(miner -> miner.reservedFor() != null)) {
        tally.add("states with held miners");
      }
      if (state.assignments().all().stream().anyMatch(Assignment::isLeaving)) {
        tally.add("states with contracts on the move");
      }
      comparePlans(fresh, when);
    }

    private boolean isHeld(Line line) {
      Candidate miner = kept.fleet().find(line.minerId());
      return miner != null && miner.reservedFor() != null;
    }

    private void comparePlans(PlacementFacts fresh, String when) {
      SolveLimits limits = new SolveLimits(seed, Duration.ofMinutes(1), 20, 50);
      Objective objective = Objective.DEFAULT;
      Instance.Question question =
          new Instance.Question(
              kept.demands(nowMs), kept.market(state.market().referencePrice()), objective);
      PlacementPlan plan = ENGINE.solve(kept.fleet(), question, nowMs, limits);
      PlacementPlan again =
          ENGINE.solve(
              new PlacementProblem(fresh.candidates(), fresh.demands(), fresh.market(), objective),
              limits);
      assertThat(plan.lines()).as(when).isEqualTo(again.lines());
      assertThat(plan.valueBound()).as(when).isEqualTo(again.valueBound());
      assertThat(plan.fitBound()).as(when).isEqualTo(again.fitBound());
      tally.add("plans with lines", plan.lines().isEmpty() ? 0 : 1);
      tally.add("plans with held miners", plan.lines().stream().anyMatch(this::isHeld) ? 1 : 0);
    }
  }
}
