package io.phalanx.placement.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Samples;
import io.phalanx.placement.exact.Shape;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GangExchangeTest {
  private static final Deadline DEADLINE = new Deadline(Duration.ofDays(1), () -> 0);

  @Nested
  class Attempt {
    @Test
    void keepsToTheRulesWhateverItExchanges() {
      for (long seed = 0; seed < 6; seed++) {
        Instance instance = new Instance(Shape.adversarial(150, 60, 8).problem(seed), seed);
        GangExchange exchange = known(Kernel.construct(instance).exchange(60, seed));
        while (exchange.mayGoOn(DEADLINE)) {
          exchange.attempt();
          checkRules(instance, exchange);
        }
        assertThat(exchange.attempts()).isEqualTo(60);
      }
    }

    @Test
    void startsFromThePlanThatWasFollowedLast() {
      PlacementProblem problem =
          Samples.problem(
              List.of(
                  Samples.miner("a"), Samples.miner("b"), Samples.miner("c"), Samples.miner("d")),
              List.of(
                  Samples.demand("three", 3, 3, 700),
                  Samples.demand("two", 2, 2, 690),
                  Samples.demand("2", 2, 2, 680)));
      Instance instance = new Instance(problem, 0);
      GangExchange exchange = known(Kernel.construct(instance).exchange(50, 0));
      int[] nothing = new int[instance.slots()];
      Arrays.fill(nothing, Board.NONE);
      exchange.follow(slot -> nothing[slot]);
      exchange.attempt(); // forces the first gang that is out, and refills by value
      assertThat(placed(instance, exchange)).isEqualTo(new int[] {3, 0, 0});
      exchange.follow(exchange::minerOf);
      exchange.attempt(); // forces the next one, so the first has to go
      assertThat(placed(instance, exchange)).isEqualTo(new int[] {0, 2, 2});
    }
  }

  @Nested
  class MayGoOn {
    @Test
    void isOverAtTheBound() {
      PlacementProblem problem =
          Samples.problem(
              List.of(Samples.miner("a"), Samples.miner("b")),
              List.of(Samples.demand("gang", 3, 3, 900), Samples.demand("single", 2, 1, 100)));
      GangExchange exchange = known(Kernel.construct(new Instance(problem, 0)).exchange(50, 0));
      assertThat(exchange.mayGoOn(DEADLINE)).isFalse(); // a gang of 3 never fits on 2 miners
    }

    @Test
    void isOverAtTheMostAttempts() {
      Instance instance = new Instance(Shape.adversarial(150, 60, 8).problem(1), 0);
      GangExchange exchange = known(Kernel.construct(instance).exchange(0, 0));
      assertThat(exchange.mayGoOn(DEADLINE)).isFalse();
    }
  }

  @Test
  void isNotMadeWhenNoGangIsLeftOut() {
    List<Candidate> miners = List.of(Samples.miner("a"), Samples.miner("b"));
    PlacementProblem problem =
        Samples.problem(
            miners, List.of(Samples.demand("gang", 2, 2, 900), Samples.demand("late", 1, 1, 100)));
    assertThat(Kernel.construct(new Instance(problem, 0)).exchange(50, 0)).isNull();
  }

  private static void checkRules(Instance instance, GangExchange exchange) {
    boolean[] used = new boolean[instance.miners()];
    int[] placed = placed(instance, exchange);
    int[][] onOperator = new int[instance.demands()][instance.fleet.operators.size()];
    for (int slot = 0; slot < instance.slots(); slot++) {
      int miner = exchange.minerOf(slot);
      if (miner != Board.NONE) {
        int demand = instance.demandOf(slot);
        assertThat(used[miner]).isFalse();
        used[miner] = true;
        assertThat(instance.suits(demand, miner)).isTrue();
        int operator = instance.operator(miner);
        assertThat(++onOperator[demand][operator])
            .isLessThanOrEqualTo(instance.room(demand, operator));
      }
    }
    for (int d = 0; d < placed.length; d++) {
      assertThat(placed[d] == 0 || placed[d] >= instance.required(d)).isTrue();
    }
  }

  private static int[] placed(Instance instance, GangExchange exchange) {
    int[] placed = new int[instance.demands()];
    for (int slot = 0; slot < instance.slots(); slot++) {
      placed[instance.demandOf(slot)] += exchange.minerOf(slot) == Board.NONE ? 0 : 1;
    }
    return placed;
  }

  private static GangExchange known(@Nullable GangExchange exchange) {
    if (exchange == null) {
      throw new AssertionError("no gang was left out");
    }
    return exchange;
  }
}
