package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.policy.GatheringRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A gang of 20 on a busy fleet of 200 of which 115 % is asked for by single replicas that bid about
 * as much: with the real engine and the real writer, minute by minute.
 */
final class GatheringTest {

  private static final int MINERS = 200;
  private static final int GANG = 20;
  private static final int MEAN_MINUTES = 60;
  private static final int LOAD_PERCENT = 115;

  private final Chance chance = new Chance(7);
  private final World world = new World();
  private final Map<AssignmentId, Long> endsMs = new HashMap<>();
  private long owed;

  @Test
  void placesAGangWithinHours() {
    long waitedMinutes = minutesUntilPlaced(10, 12);
    assertThat(waitedMinutes).isBetween(15L, 6L * 60);
    world.holds();
  }

  @Test
  void wouldNeverPlaceItWithoutGathering() {
    assertThat(minutesUntilPlaced(0, 12)).isNegative();
  }

  /** How long the gang waited; −1: it was not placed within so many hours. */
  private long minutesUntilPlaced(int percent, int hours) {
    Policy now = world.state().policy();
    GatheringRules usual = now.gathering();
    world.policy(now.with(new GatheringRules(usual.after(), usual.hold(), usual.rest(), percent)));
    for (int i = 0; i < MINERS; i++) {
      world.started(Samples.registration("m" + i, "op-" + i % 40, 1000, 100));
    }
    for (int minute = 0; minute < 2 * MEAN_MINUTES; minute++) {
      minute();
    }
    DeploymentId gang = world.create("replicas", GANG, "minReplicas", GANG, "maxGasPrice", "1400");
    for (long minute = 1; minute <= 60L * hours; minute++) {
      minute();
      if (world.deployment(gang).progress().everPlaced()) {
        return minute;
      }
    }
    return -1;
  }

  private void minute() {
    world.pass(Duration.ofMinutes(1));
    arrive();
    finish();
    world.done(new CommitRound(Planners.real(world.state(), world.nowMs(), 1)));
    for (Assignment assignment : live()) {
      if (assignment.runningAtMs() == null) {
        world.acknowledge(assignment.id());
        long minutes = chance.between(1, 2 * MEAN_MINUTES);
        endsMs.put(assignment.id(), world.nowMs() + Duration.ofMinutes(minutes).toMillis());
      }
    }
  }

  /**
   * As many single replicas as keep 115 % of the fleet busy, with bids on both sides of the gang's.
   */
  private void arrive() {
    owed += (long) MINERS * LOAD_PERCENT;
    while (owed >= 100L * MEAN_MINUTES) {
      owed -= 100L * MEAN_MINUTES;
      world.create("maxGasPrice", Long.toString(chance.between(800, 2000)));
    }
  }

  private void finish() {
    for (Assignment assignment : live()) {
      Long dueMs = endsMs.get(assignment.id());
      if (dueMs != null && dueMs <= world.nowMs()) {
        world.done(new CompleteAssignment(assignment.id(), assignment.epoch(), null));
        endsMs.remove(assignment.id());
      }
    }
  }

  private List<Assignment> live() {
    return world.state().assignments().image().stream().filter(Assignment::isLive).toList();
  }
}
