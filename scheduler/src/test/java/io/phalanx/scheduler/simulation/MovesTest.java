package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.MoveRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Busy fleets on which tiers fall and rise, evidence expires, miners are drained, stopped and
 * silent, and leaders change, with the real engine: every move keeps every rule.
 */
final class MovesTest {

  private static final int STEPS = 600;
  private static final int SEEDS = 40;

  @Test
  void keepEveryRuleInEveryWorld() {
    Tally tally = new Tally();
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Course(seed, tally).run();
    }
    System.out.print("moves: " + SEEDS + " worlds\n" + tally);
    for (String what :
        List.of(
            "begun for TIER_DROPPED",
            "begun for DRAINED",
            "begun for MINER_LOST",
            "called off",
            "taken over",
            "over without a replacement",
            "the replacement failed",
            "ended by something else",
            "superseded")) {
      assertThat(tally.of(what)).as(what).isPositive();
    }
  }

  /** With room enough and miners that answer, no drop of tiers interrupts anything. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void interruptNothingWhileThereAreOtherMiners(long seed) {
    World world = new World();
    List<DeploymentId> deployments = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      world.started(Samples.registration("m" + i, "op-" + i % 4, 1000, 100));
    }
    for (int i = 0; i < 15; i++) {
      deployments.add(world.create("tiers", List.of(1, 2)));
    }
    plan(world, seed);
    deployments.forEach(id -> assertThat(live(world, id)).hasSize(1));
    List<Assignment> first = live(world);
    first.forEach(one -> world.done(new RenewEvidence(one.minerId(), Samples.evidence(5))));
    plan(world, seed);
    List<Assignment> second = live(world);
    assertThat(second).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
    assertThat(second).allSatisfy(one -> assertThat(one.placement().tier()).isEqualTo(1));
    for (DeploymentId id : deployments) {
      Assignment before = world.state().assignments().of(id).get(0);
      Assignment after = world.state().assignments().of(id).get(1);
      assertThat(after.replaces()).isEqualTo(before.id());
      assertThat(Objects.requireNonNull(before.ended()).atMs())
          .isGreaterThanOrEqualTo(Objects.requireNonNull(after.runningAtMs()));
    }
    world.holds();
  }

  private static List<Assignment> live(World world) {
    return world.state().assignments().image().stream().filter(Assignment::isLive).toList();
  }

  private static List<Assignment> live(World world, DeploymentId id) {
    return live(world).stream().filter(one -> one.deploymentId().equals(id)).toList();
  }

  private static void plan(World world, long seed) {
    world.done(new CommitRound(Planners.real(world.state(), world.nowMs(), seed)));
    live(world).stream()
        .filter(one -> one.runningAtMs() == null)
        .forEach(one -> world.acknowledge(one.id()));
  }

  /** One world from its seed. */
  private static final class Course {

    private final long seed;
    private final Tally tally;
    private final Chance chance;
    private final World world = new World();
    private final List<MinerId> miners = new ArrayList<>();

    Course(long seed, Tally tally) {
      this.seed = seed;
      this.tally = tally;
      chance = new Chance(seed);
    }

    void run() {
      Policy now = world.state().policy();
      MoveRules moves =
          new MoveRules(
              Duration.ofSeconds(chance.between(0, 900)),
              (int) chance.between(1, 6),
              Duration.ofSeconds(chance.between(1, 60)));
      world.policy(now.with(miners(now.miners())).with(moves));
      for (int i = 0; i < chance.any(12, 24, 36); i++) {
        miners.add(world.started(Samples.registration("m" + i, "op-" + i % 5, 1000, 100)));
      }
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      world.holds();
      count();
    }

    /** Two silent miners make an alarm, for two minutes. */
    private static MinerRules miners(MinerRules usual) {
      return new MinerRules(
          usual.minimumPerformance(),
          usual.stakeFactor(),
          usual.highestValuePha(),
          Duration.ofSeconds(60),
          usual.heartbeatWindow(),
          usual.silenceGrace(),
          usual.nextHeartbeatIn(),
          usual.driftPercent(),
          usual.massSilencePercent(),
          2,
          Duration.ofMinutes(2),
          usual.strikesToCordon(),
          Duration.ofMinutes(1));
    }

    private void step() {
      int kind = chance.below(100);
      if (kind < 5) {
        attempt(create());
      } else if (kind < 35) {
        plan();
      } else if (kind < 75) {
        attempt(ofAssignment());
      } else if (kind < 88) {
        attempt(ofMiner());
      } else if (kind < 95) {
        world.pass(Duration.ofSeconds(chance.between(1, chance.any(5, 20, 300))));
      } else if (kind < 96) {
        world.passSilently(Duration.ofSeconds(chance.any(121, 181)));
      } else if (kind < 99) {
        miners.stream().filter(id -> !chance.oneIn(4)).forEach(world::beat);
      } else {
        world.skip(Duration.ofSeconds(chance.any(1, 10, 300)));
        world.takeOver();
      }
    }

    private void plan() {
      world.done(new CommitRound(Planners.real(world.state(), world.nowMs(), seed)));
    }

    private void attempt(Command command) {
      Outcome outcome = world.run(command);
      tally.add(
          (outcome instanceof Outcome.Done ? "done: " : "refused: ")
              + command.getClass().getSimpleName());
    }

    private Command create() {
      int replicas = chance.any(1, 1, 1, 2, 3);
      return new CreateDeployment(
          World.DEVELOPER,
          Samples.spec(
              "tiers", chance.any(List.of(1, 2), List.of(1, 2, 3), List.of(1, 2, 3, 4, 5)),
              "replicas", replicas,
              "minReplicas", (int) chance.between(1, replicas),
              "maxPerOperator", chance.below(3),
              "maxGasPrice", chance.any("100", "1000", "3000"),
              "budget", chance.any("10000000", "1000000000", "1000000000000")),
          Amount.ZERO);
    }

    private Command ofAssignment() {
      List<Assignment> live = live(world);
      if (live.isEmpty()) {
        return new StartMiner(chance.of(miners));
      }
      Assignment one = chance.of(live);
      int kind = chance.below(40);
      if (one.runningAtMs() == null) {
        return chance.oneIn(6)
            ? new FailAssignment(one.id(), one.epoch(), null)
            : new AcknowledgeAssignment(one.id(), one.epoch());
      } else if (kind < 36) {
        return reading(one);
      } else if (kind < 38) {
        return new FailAssignment(one.id(), one.epoch(), null);
      } else if (kind < 39) {
        return new CompleteAssignment(one.id(), one.epoch(), null);
      }
      Deployment deployment = world.deployment(one.deploymentId());
      return new CancelDeployment(World.DEVELOPER, deployment.id());
    }

    private ReportGas reading(Assignment one) {
      long gas = one.meter().gasUsed() + chance.between(0, 50_000);
      return new ReportGas(
          List.of(
              new Reading(
                  one.id(),
                  one.epoch(),
                  one.meter().lastSequence() + 1,
                  gas,
                  !one.isLive() && chance.oneIn(3))));
    }

    private Command ofMiner() {
      MinerId id = chance.of(miners);
      return switch (chance.below(16)) {
        case 0, 1 ->
            new CordonMiner(
                id, "op", "repair", Duration.ofSeconds(chance.between(0, chance.any(30, 900))));
        case 2, 3, 4, 7, 8 -> new UncordonMiner(id);
        case 5 -> new StopMiner(id);
        case 6, 9, 10 -> new StartMiner(id);
        default -> new RenewEvidence(id, evidence());
      };
    }

    private Evidence evidence() {
      Long expiresAtMs =
          chance.oneIn(3) ? (Long) (world.nowMs() + chance.between(1, 900_000)) : null;
      return new Evidence(
          chance.any(1, 1, 1, 1, 2, 3, 5), "dcap", 1, List.of(), world.nowMs(), expiresAtMs, "ab");
    }

    /** How the moves went, from the journal. */
    private void count() {
      @Nullable Event before = null;
      for (var stamped : world.journal()) {
        Event event = stamped.event();
        if (event instanceof AssignmentBeganLeaving began) {
          tally.add("begun for " + began.reason());
        } else if (event instanceof AssignmentStayed) {
          tally.add("called off");
        } else if (event instanceof AssignmentEnded ended) {
          count(ended, before);
        }
        before = event;
      }
    }

    private void count(AssignmentEnded ended, @Nullable Event before) {
      Assignment one = world.assignment(ended.assignmentId());
      if (ended.reason() == AssignmentEndReason.SUPERSEDED) {
        tally.add("superseded");
      } else if (one.replaces() != null && one.runningAtMs() == null) {
        tally.add("the replacement failed");
      } else if (one.leaving() != null && one.leaving().reason() != ended.reason()) {
        tally.add("ended by something else");
      } else if (one.leaving() != null) {
        boolean replaced = before instanceof AssignmentAcknowledged;
        tally.add(replaced ? "taken over" : "over without a replacement");
      }
    }
  }
}
