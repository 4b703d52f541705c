package io.phalanx.scheduler.rules;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.event.MinerEvent.MinerFellSilent;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.SystemEvent.MassSilenceNoticed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats, their absence, and what down time of the service does to both. */
final class LivenessRulesTest extends WorldTest {

  private boolean responsive(MinerId id) {
    return world.miner(id).standing().responsive();
  }

  private List<AssignmentId> runningFleet(int miners) {
    List<AssignmentId> running = new ArrayList<>();
    for (int i = 0; i < miners; i++) {
      running.add(world.running(world.create(), world.idle("m" + i)));
    }
    return running;
  }

  private long leaving(List<AssignmentId> assignments) {
    return assignments.stream().filter(id -> world.assignment(id).isLeaving()).count();
  }

  private long live(List<AssignmentId> assignments) {
    return assignments.stream().filter(id -> world.assignment(id).isLive()).count();
  }

  @Nested
  class Window {

    @Test
    void opensAtTheStartAndIsTwoMinutes() {
      MinerId id = world.idle("a");
      world.passSilently(ofMinutes(2));
      assertThat(responsive(id)).isTrue();
      world.passSilently(ofMillis(1));
      assertThat(responsive(id)).isFalse();
    }

    @Test
    void opensAnewWithEachSignOfLife() {
      MinerId id = world.idle("a");
      world.skip(ofSeconds(119));
      world.beat(id);
      world.passSilently(ofMinutes(2));
      assertThat(responsive(id)).isTrue();
    }

    @Test
    void isNotOpenedByARepeatedOrOlderSequence() {
      MinerId id = world.idle("a");
      world.done(new Heartbeat(id, 10, null));
      world.skip(ofSeconds(100));
      world.done(new Heartbeat(id, 10, null));
      world.done(new Heartbeat(id, 9, null));
      world.passSilently(ofSeconds(21));
      assertThat(responsive(id)).isFalse();
    }

    @Test
    void endsForIdleMinersWithoutEndingAnything() {
      MinerId id = world.idle("a");
      world.passSilently(ofMinutes(60));
      assertThat(world.miner(id).state()).isEqualTo(MinerState.IDLE);
      assertThat(world.beat(id)).hasSize(1);
      assertThat(responsive(id)).isTrue();
    }

    @Test
    void isNotForMinersThatTakeNoPart() {
      MinerId stopped = world.register("stopped");
      MinerId cooling = world.idle("cooling");
      world.done(new StopMiner(cooling));
      assertThat(world.passSilently(ofMinutes(60))).isEmpty();
      assertThat(world.beat(stopped)).isEmpty();
      assertThat(world.beat(cooling)).isEmpty();
    }
  }

  @Nested
  class Grace {

    @Test
    void endsTheAssignmentAMinuteAfterTheSilenceWasNoticed() {
      MinerId id = world.idle("a");
      DeploymentId deployment = world.create();
      AssignmentId running = world.running(deployment, id);
      assertThat(world.passSilently(ofSeconds(121))).containsExactly(new MinerFellSilent(id));
      world.passSilently(ofSeconds(60).minusMillis(1));
      assertThat(world.assignment(running).isLive()).isTrue();
      world.passSilently(ofMillis(1));
      Assignment.Ending ended = world.assignment(running).ended();
      assertThat(ended).isNotNull();
      assertThat(ended)
          .extracting(Assignment.Ending::reason)
          .isEqualTo(AssignmentEndReason.MINER_LOST);
      assertThat(world.miner(id).state()).isEqualTo(MinerState.IDLE);
      assertThat(world.deployment(deployment).waitingSinceMs()).isEqualTo(world.nowMs() - 600_000);
    }

    @Test
    void isEndedByASignOfLife() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.passSilently(ofSeconds(121));
      world.beat(id);
      world.passSilently(ofSeconds(100));
      assertThat(world.assignment(running).isLive()).isTrue();
    }

    @Test
    void leavesAMinerThatFinishesMeanwhileIdleAndSilent() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.passSilently(ofSeconds(121));
      world.done(new CompleteAssignment(running, world.assignment(running).epoch(), null));
      world.passSilently(ofMinutes(5));
      assertThat(world.miner(id).state()).isEqualTo(MinerState.IDLE);
      assertThat(responsive(id)).isFalse();
      assertThat(world.offer(world.create(), id)).isEmpty();
    }
  }

  @Nested
  class MassSilence {

    @ParameterizedTest
    @CsvSource({"9, 0", "10, 10"})
    void needsAtLeastTenMiners(int miners, int spared) {
      List<AssignmentId> running = runningFleet(miners);
      world.passSilently(ofSeconds(121));
      world.passSilently(ofSeconds(61));
      assertThat(live(running)).isEqualTo(spared);
    }

    @ParameterizedTest
    @ValueSource(ints = {49, 50})
    void needsMoreThanAFifthOfTheActiveMiners(int miners) {
      List<AssignmentId> running = runningFleet(miners);
      List<MinerId> alive =
          running.stream().skip(10).map(id -> world.assignment(id).minerId()).toList();
      world.skip(ofSeconds(60));
      alive.forEach(world::beat);
      boolean noticed =
          world.passSilently(ofSeconds(61)).stream().anyMatch(MassSilenceNoticed.class::isInstance);
      assertThat(noticed).isEqualTo(miners < 50);
      alive.forEach(world::beat);
      world.passSilently(ofSeconds(61));
      assertThat(live(running)).isEqualTo(noticed ? miners : miners - 10);
    }

    @Test
    void endsByItselfAfterFifteenMinutes() {
      List<AssignmentId> running = runningFleet(10);
      world.passSilently(ofSeconds(121));
      world.passSilently(ofMinutes(15).minusMillis(1));
      assertThat(live(running)).isEqualTo(10);
      assertThat(leaving(running)).isZero();
      world.passSilently(ofMillis(1));
      assertThat(leaving(running)).isEqualTo(10);
      world.passSilently(ofHours(1).minusMillis(1));
      assertThat(live(running)).isEqualTo(10);
      world.passSilently(ofMillis(1));
      assertThat(live(running)).isZero();
    }

    @Test
    void movesWhoIsStillSilentWithTheReplacementFirst() {
      List<AssignmentId> running = runningFleet(10);
      world.passSilently(ofSeconds(121));
      world.passSilently(ofMinutes(15));
      AssignmentId first = running.get(0);
      AssignmentId second =
          world.offer(world.assignment(first).deploymentId(), world.idle("new")).get(0);
      assertThat(world.assignment(first).isLive()).isTrue();
      world.acknowledge(second);
      assertThat(world.assignment(first).ended())
          .extracting(Assignment.Ending::reason)
          .isEqualTo(AssignmentEndReason.MINER_LOST);
      world.holds();
    }

    @Test
    void sparesWhoFallsSilentWhileItLastsToo() {
      List<AssignmentId> running = runningFleet(11);
      world.skip(ofSeconds(60));
      world.beat(world.assignment(running.get(10)).minerId());
      world.passSilently(ofSeconds(61));
      world.passSilently(ofSeconds(60));
      assertThat(responsive(world.assignment(running.get(10)).minerId())).isFalse();
      world.passSilently(ofMinutes(5));
      assertThat(live(running)).isEqualTo(11);
    }

    @Test
    void letsThoseStayThatAreHeardBeforeTheyAreReplaced() {
      List<AssignmentId> running = runningFleet(10);
      world.passSilently(ofSeconds(121));
      world.passSilently(ofMinutes(15));
      world.beat(world.assignment(running.get(0)).minerId());
      assertThat(leaving(running)).isEqualTo(9);
      world.holds();
    }

    @Test
    void isNotForgottenByANewLeader() {
      List<AssignmentId> running = runningFleet(10);
      world.passSilently(ofSeconds(121));
      world.passSilently(ofMinutes(14));
      world.takeOver();
      world.passSilently(ofSeconds(179));
      assertThat(leaving(running)).isZero();
      world.passSilently(ofSeconds(1));
      assertThat(leaving(running)).isEqualTo(10);
      assertThat(live(running)).isEqualTo(10);
      world.holds();
    }

    @Test
    void sparesThoseThatComeBackMeanwhile() {
      List<AssignmentId> running = runningFleet(10);
      world.passSilently(ofSeconds(121));
      world.passSilently(ofMinutes(10));
      running.stream().limit(4).forEach(id -> world.beat(world.assignment(id).minerId()));
      world.pass(ofMinutes(6));
      assertThat(leaving(running)).isEqualTo(6);
      world.pass(ofHours(1));
      assertThat(live(running)).isEqualTo(4);
    }
  }

  @Nested
  class TakeOver {

    private long downMs() {
      return ((LeaderTookOver) world.takeOver().get(0)).downMs();
    }

    @ParameterizedTest
    @CsvSource({"60000, 0", "60001, 60001"})
    void countsAGapOfMoreThanAMinuteAsDownTime(long gapMs, long expectedMs) {
      world.create();
      world.skip(ofMillis(gapMs));
      assertThat(downMs()).isEqualTo(expectedMs);
    }

    @Test
    void opensAFreshWindowForEveryone() {
      MinerId id = world.idle("a");
      world.skip(ofSeconds(119));
      world.takeOver();
      world.passSilently(ofMinutes(2));
      assertThat(responsive(id)).isTrue();
      world.passSilently(ofMillis(1));
      assertThat(responsive(id)).isFalse();
    }

    @Test
    void givesSilentMinersAWindowAndTheGraceAgain() {
      MinerId id = world.idle("a");
      AssignmentId running = world.running(world.create(), id);
      world.passSilently(ofSeconds(121));
      world.skip(ofMinutes(10));
      world.takeOver();
      world.passSilently(ofMinutes(3).minusMillis(1));
      assertThat(world.assignment(running).isLive()).isTrue();
      world.passSilently(ofMillis(1));
      assertThat(world.assignment(running).isLive()).isFalse();
    }

    @Test
    void extendsTheTimeToAcknowledgeByTheDownTime() {
      AssignmentId offered = world.offer(world.create(), world.idle("a")).get(0);
      world.skip(ofMinutes(10));
      world.takeOver();
      assertThat(world.assignment(offered).state()).isEqualTo(AssignmentState.OFFERED);
      world.passSilently(ofSeconds(30).minusMillis(1));
      world.done(new AcknowledgeAssignment(offered, world.assignment(offered).epoch()));
    }

    @Test
    void withoutDownTimeLeavesTheTimeToAcknowledge() {
      AssignmentId offered = world.offer(world.create(), world.idle("a")).get(0);
      world.skip(ofSeconds(31));
      world.takeOver();
      assertThat(world.assignment(offered).isLive()).isFalse();
    }
  }

  @Nested
  class Clock {

    @Test
    void goesBackWithoutTheStampsGoingBack() {
      world.create();
      long stampMs = world.state().stampMs();
      world.skip(ofMinutes(-10));
      world.create();
      assertThat(world.state().stampMs()).isEqualTo(stampMs);
    }

    @Test
    void goingBackSilencesNobody() {
      MinerId id = world.idle("a");
      world.skip(ofMinutes(-10));
      world.passSilently(ofMinutes(10));
      assertThat(responsive(id)).isTrue();
    }
  }
}
