package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Days of scarcity with the real engine: more is asked for than there are miners, bids differ a
 * thousandfold, and still nobody is passed who has waited for 20 hours longer.
 */
final class FairnessTest {

  private static final int ROUNDS = 60;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsThroughDaysOfScarcity(long seed) {
    Chance chance = new Chance(seed);
    World world = new World();
    for (int i = 0; i < 5; i++) {
      int performance = chance.any(500, 1000);
      world.started(Samples.registration("m" + i, "op-" + i % 3, performance, 10));
    }
    for (int round = 0; round < ROUNDS; round++) {
      ask(world, chance);
      world.pass(Duration.ofMinutes(chance.between(30, 180)));
      finish(world, chance);
      world.done(new CommitRound(Planners.real(world.state(), world.nowMs(), seed)));
      world.state().assignments().image().stream()
          .filter(Assignment::isLive)
          .filter(assignment -> assignment.runningAtMs() == null)
          .forEach(assignment -> world.acknowledge(assignment.id()));
    }
    JournalAudit audit = new JournalAudit();
    world.journal().forEach(audit::accept);
    assertThat(audit.finish().violations()).isEmpty();
    assertThat(audit.finish().counts().get("assignment-offered/1")).isGreaterThan(50);
  }

  /** A deployment's value is that of its longest wait, whichever of its slots are placed. */
  @Test
  void lesserWaitsOfOneDeploymentComeWithItsLongest() {
    World world = new World();
    DeploymentId several = world.create("replicas", 2, "minReplicas", 1);
    AssignmentId early = world.running(several, world.idle("a"));
    AssignmentId late = world.running(several, world.idle("b"));
    world.done(new StopMiner(world.assignment(early).minerId()));
    world.pass(Duration.ofHours(25));
    world.create();
    world.pass(Duration.ofHours(25));
    world.done(new StopMiner(world.assignment(late).minerId()));
    MinerId one = world.idle("c");
    MinerId other = world.idle("d");
    assertThat(world.offer(several, one, other)).hasSize(2);
    world.holds();
  }

  private static void ask(World world, Chance chance) {
    for (long i = chance.between(0, 4); i > 0; i--) {
      int replicas = chance.any(1, 1, 1, 2, 3);
      world.done(
          new CreateDeployment(
              World.DEVELOPER,
              Samples.spec(
                  "minPerformance", chance.any(0, 0, 600),
                  "maxGasPrice", chance.any("10", "1000", "20000", "1000000"),
                  "replicas", replicas,
                  "minReplicas", chance.any(1, replicas)),
              Amount.ZERO));
    }
  }

  private static void finish(World world, Chance chance) {
    List<Assignment> running =
        world.state().assignments().image().stream().filter(Assignment::isLive).toList();
    for (Assignment assignment : running) {
      if (chance.oneIn(2)) {
        world.done(new CompleteAssignment(assignment.id(), assignment.epoch(), null));
      }
    }
  }
}
