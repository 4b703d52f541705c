package io.phalanx.scheduler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.GasResults.Charged;
import io.phalanx.scheduler.view.GasResults.RefusedReading;
import io.phalanx.scheduler.view.GasResults.Result;
import io.phalanx.scheduler.world.World;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Miners that send whatever might be charged twice, against a model of a few lines. */
class HostileGasTest {
  private static final long HIGHEST = (1L << 53) - 1;
  private static final List<Trick> TRICKS = List.of(Trick.values());

  /** What a hostile miner does. */
  private enum Trick {
    HONEST,
    REPLAY_NEWEST,
    REPLAY_OLD,
    REORDER,
    STALE_EPOCH,
    OVERFLOW,
    OVER_THE_CAP,
    BACKWARDS,
    BEYOND_BUDGET,
    AFTER_THE_END,
    AFTER_REPLACEMENT,
    ACROSS_A_FAIL_OVER,
    LATE
  }

  @Test
  void neverHasAUnitOfGasChargedTwice() {
    Map<Trick, Integer> played = new EnumMap<>(Trick.class);
    for (long seed = 1; seed <= 40; seed++) {
      new Run(seed).play(120, played);
    }
    assertThat(played.keySet()).as("each happened").containsExactlyInAnyOrder(Trick.values());
  }

  /** One world and the naive model of its meters. */
  private static final class Run {
    private final World world = new World();
    private final SplittableRandom random;
    private final long seed;
    private final List<AssignmentId> assignments = new ArrayList<>();
    private final Map<AssignmentId, Long> sequences = new HashMap<>();
    private final Map<AssignmentId, Long> gas = new HashMap<>();
    private final Map<AssignmentId, BigInteger> charged = new HashMap<>();
    private final Map<AssignmentId, Amount> newest = new HashMap<>();
    private int named;

    Run(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void play(int steps, Map<Trick, Integer> played) {
      for (int i = 0; i < 3; i++) {
        begin(world.create("budget", "400000"));
      }
      for (int step = 0; step < steps; step++) {
        Trick trick = TRICKS.get(random.nextInt(TRICKS.size()));
        if (play(trick)) {
          played.merge(trick, 1, Integer::sum);
        }
        if (random.nextInt(6) == 0) {
          world.pass(Duration.ofSeconds(random.nextInt(120)));
        }
      }
      check();
    }

    private void begin(DeploymentId deployment) {
      MinerId miner = world.idle("m" + named++);
      assignments.add(world.running(deployment, miner));
    }

    private boolean play(Trick trick) {
      Assignment any = world.assignment(assignments.get(random.nextInt(assignments.size())));
      long next = sequences.getOrDefault(any.id(), 0L) + 1 + random.nextInt(3);
      long used = gas.getOrDefault(any.id(), 0L);
      return switch (trick) {
        case HONEST -> send(any, next, used + random.nextInt(500));
        case REPLAY_NEWEST ->
            sequences.containsKey(any.id()) && send(any, sequences.get(any.id()), used);
        case REPLAY_OLD -> send(any, random.nextLong(next), used + random.nextInt(100));
        case REORDER -> send(any, next + 1, used + 20) && send(any, next, used + 10);
        case STALE_EPOCH -> refused(any, any.epoch() - 1, next, used + 1, Refusal.EPOCH_IS_STALE);
        case OVERFLOW -> refused(any, any.epoch(), next, HIGHEST, Refusal.GAS_IS_OVER_THE_CAP);
        case OVER_THE_CAP ->
            refused(any, any.epoch(), next, cap(any) + 1, Refusal.GAS_IS_OVER_THE_CAP);
        case BACKWARDS ->
            used > 0 && refused(any, any.epoch(), next, used - 1, Refusal.GAS_WENT_BACK);
        case BEYOND_BUDGET -> used + 5_000 <= cap(any) && send(any, next, used + 5_000);
        case AFTER_THE_END -> {
          Deployment deployment = world.deployment(any.deploymentId());
          if (!deployment.isEnded()) {
            world.done(new CancelDeployment(World.DEVELOPER, deployment.id()));
          }
          yield send(any, next, used + 3);
        }
        case AFTER_REPLACEMENT -> replace(any) && send(any, next, used + 7);
        case ACROSS_A_FAIL_OVER -> {
          world.takeOver();
          yield sequences.containsKey(any.id()) && send(any, sequences.get(any.id()), used);
        }
        case LATE -> {
          world.pass(Duration.ofMinutes(6)); // nothing is kept for so long after an end
          yield send(any, next, used + 11);
        }
      };
    }

    /** The slot goes to another miner; the first one's meter may still come. */
    private boolean replace(Assignment any) {
      Deployment deployment = world.deployment(any.deploymentId());
      if (!any.isLive() || deployment.isEnded()) {
        return false;
      }
      world.done(new FailAssignment(any.id(), any.epoch(), "broken"));
      if (!world.deployment(any.deploymentId()).isEnded()) {
        begin(any.deploymentId());
      }
      return true;
    }

    private long cap(Assignment any) {
      Assignment now = world.assignment(any.id());
      Assignment.Ending ended = now.ended();
      long until = ended == null ? world.nowMs() : ended.atMs();
      Long running = now.runningAtMs();
      return (until - (running == null ? until : running) + 60_000) * now.placement().performance();
    }

    /** A reading that is well-formed: a newer one counts once, an older one costs nothing. */
    private boolean send(Assignment any, long sequence, long used) {
      long last = sequences.getOrDefault(any.id(), -1L);
      Amount heldBefore = world.deployment(any.deploymentId()).funds().held();
      Result result = world.read(new Reading(any.id(), any.epoch(), sequence, used, false));
      if (sequence > last && used < gas.getOrDefault(any.id(), 0L)) {
        assertThat(result).isInstanceOf(RefusedReading.class);
        return true;
      }
      assertThat(result).as("seed %s", seed).isInstanceOf(Charged.class);
      Amount charge = ((Charged) result).charged();
      if (sequence < last) {
        assertThat(charge).as("an older one, seed %s", seed).isEqualTo(Amount.ZERO);
      } else if (sequence == last) {
        assertThat(charge).as("a repeated one, seed %s", seed).isEqualTo(newest.get(any.id()));
      } else {
        accept(any, sequence, used, charge, heldBefore);
      }
      return true;
    }

    private void accept(Assignment any, long sequence, long used, Amount charge, Amount held) {
      BigInteger price = any.placement().gasPrice().pico();
      long delta = used - gas.getOrDefault(any.id(), 0L);
      BigInteger units = held.pico().divide(price).min(BigInteger.valueOf(delta));
      assertThat(charge.pico()).as("seed %s", seed).isEqualTo(units.multiply(price));
      sequences.put(any.id(), sequence);
      gas.put(any.id(), used);
      newest.put(any.id(), charge);
      charged.merge(any.id(), units, BigInteger::add);
    }

    private boolean refused(
        Assignment any, long epoch, long sequence, long used, Refusal expected) {
      int before = world.journal().size();
      Result result = world.read(new Reading(any.id(), epoch, sequence, used, false));
      assertThat(result).as("seed %s", seed).isInstanceOf(RefusedReading.class);
      assertThat(((RefusedReading) result).rejection().refusal()).isEqualTo(expected);
      assertThat(world.journal().subList(before, world.journal().size()))
          .noneMatch(stamped -> stamped.event() instanceof GasCharged);
      return true;
    }

    private void check() {
      Map<AssignmentId, BigInteger> journaled =
          world.journal().stream()
              .map(stamped -> stamped.event())
              .filter(GasCharged.class::isInstance)
              .map(GasCharged.class::cast)
              .collect(
                  Collectors.toMap(
                      GasCharged::assignmentId,
                      event -> BigInteger.valueOf(event.charged()),
                      BigInteger::add));
      assertThat(journaled).as("seed %s", seed).isEqualTo(charged);
      charged.forEach(
          (id, units) ->
              assertThat(units).isLessThanOrEqualTo(BigInteger.valueOf(gas.getOrDefault(id, 0L))));
      world.holds();
    }
  }
}
