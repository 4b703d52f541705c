package io.phalanx.scheduler.audit;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the audit says to moves that break the rules. */
final class MoveAuditTest {

  private final World world = new World();
  private final MinerId old = world.idle("old");
  private final MinerId next = world.idle("next");
  private final DeploymentId deployment = world.create("tiers", List.of(1, 2));
  private final AssignmentId first = world.running(deployment, old);

  private Forgery forgery() {
    world.holds(); // what is found is the forgery, not the world
    return new Forgery(world);
  }

  private void drain() {
    world.done(new CordonMiner(old, "op", "repair", ofHours(1)));
  }

  private void drop(MinerId id) {
    world.done(new RenewEvidence(id, Samples.evidence(5)));
  }

  private static Event command(World world) {
    return new DeploymentCreated(
        DeploymentId.at(world.state().position() + 1), World.DEVELOPER, Samples.spec(), null);
  }

  @Nested
  class Finds {

    @Test
    void oneThatLeavesWithoutCause() {
      long byMs = world.nowMs() + ofHours(1).toMillis();
      for (AssignmentEndReason reason : AssignmentEndReason.values()) {
        assertThat(forgery().append(new AssignmentBeganLeaving(first, reason, byMs)).broken())
            .as("%s", reason)
            .contains(2);
      }
    }

    @Test
    void aGraceOfItsOwn() {
      drop(old);
      assertThat(
              forgery()
                  .change(
                      AssignmentBeganLeaving.class,
                      e -> new AssignmentBeganLeaving(first, e.reason(), e.byMs() + 1))
                  .broken())
          .containsExactly(2);
    }

    @Test
    void aDrainThatEndsWhenNobodySaid() {
      drain();
      assertThat(
              forgery()
                  .change(
                      AssignmentBeganLeaving.class,
                      e -> new AssignmentBeganLeaving(first, e.reason(), e.byMs() + 1))
                  .broken())
          .containsExactly(2);
    }

    @Test
    void aContractThatIsTornFromItsMiner() {
      drop(old);
      AssignmentEnded torn = new AssignmentEnded(first, AssignmentEndReason.TIER_DROPPED, null);
      assertThat(forgery().append(torn).broken()).containsExactly(2);
      assertThat(forgery().without(AssignmentBeganLeaving.class).append(torn).broken())
          .containsExactly(2);
    }

    @Test
    void aReplacementThatDoesNotSaySo() {
      drain();
      world.offer(deployment, next);
      assertThat(
              forgery()
                  .change(
                      AssignmentOffered.class,
                      e ->
                          new AssignmentOffered(
                              e.assignmentId(),
                              e.deploymentId(),
                              e.placement(),
                              e.acknowledgeByMs(),
                              null))
                  .broken())
          .containsExactly(2);
    }

    @Test
    void aReplacementOfNothing() {
      world.offer(world.create(), next);
      assertThat(
              forgery()
                  .change(
                      AssignmentOffered.class,
                      e ->
                          new AssignmentOffered(
                              e.assignmentId(),
                              e.deploymentId(),
                              e.placement(),
                              e.acknowledgeByMs(),
                              first))
                  .broken())
          .containsExactly(2);
    }

    @Test
    void oneThatGoesOnAfterAnotherHasTakenOver() {
      drain();
      world.acknowledge(world.offer(deployment, next).get(0));
      assertThat(forgery().without(AssignmentEnded.class).append(command(world)).broken())
          .contains(2);
    }

    @Test
    void oneThatGoesOnAfterItsGrace() {
      drop(old);
      world.pass(ofMinutes(61));
      assertThat(forgery().without(AssignmentEnded.class).append(command(world)).broken())
          .contains(2);
    }

    @Test
    void oneThatStaysAndHasCauseToLeave() {
      drop(old);
      assertThat(forgery().append(new AssignmentStayed(first)).broken()).containsExactly(2);
    }

    @Test
    void oneThatStaysAndDidNotLeave() {
      assertThat(forgery().append(new AssignmentStayed(first)).broken()).containsExactly(2);
    }

    @Test
    void moreMovesThanMayBeginAtOnce() {
      List<AssignmentId> running = new ArrayList<>();
      for (int i = 0; i < 51; i++) {
        MinerId miner = world.idle("m" + i);
        running.add(world.running(world.create("tiers", List.of(1)), miner));
        drop(miner);
      }
      AssignmentId last = running.get(50);
      assertThat(world.assignment(last).isLeaving()).isFalse();
      long byMs = world.nowMs() + ofHours(1).toMillis();
      assertThat(
              forgery()
                  .append(new AssignmentBeganLeaving(last, AssignmentEndReason.TIER_DROPPED, byMs))
                  .broken())
          .containsExactly(2);
    }

    @Test
    void aDeploymentThatEndsAndLeavesBehindWhatMoves() {
      drain();
      world.done(new CancelDeployment(World.DEVELOPER, deployment));
      assertThat(forgery().without(AssignmentEnded.class).broken()).contains(1);
    }
  }
}
