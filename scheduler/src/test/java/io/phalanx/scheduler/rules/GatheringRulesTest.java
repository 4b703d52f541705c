package io.phalanx.scheduler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.policy.GatheringRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.round.DropReason;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a deployment that needs several miners at once comes to them. */
final class GatheringRulesTest extends WorldTest {

  private final List<MinerId> miners = new ArrayList<>();
  private final List<AssignmentId> busy = new ArrayList<>();

  /** Thirty miners, of which three may be held; all are busy with single replicas. */
  @BeforeEach
  void everybodyIsBusy() {
    for (int i = 0; i < 30; i++) {
      MinerId miner = world.idle("m" + i);
      miners.add(miner);
      busy.add(world.running(world.create(), miner));
    }
  }

  private DeploymentId gang(int size) {
    return world.create("replicas", size, "minReplicas", size);
  }

  private void finish(int miner) {
    world.done(
        new io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment(
            busy.get(miner), world.assignment(busy.get(miner)).epoch(), null));
  }

  private List<MinerId> heldFor(DeploymentId deployment) {
    return List.copyOf(world.state().miners().reservedFor(deployment).values());
  }

  private boolean gathers(DeploymentId deployment) {
    return world.state().gatherings().active().contains(deployment);
  }

  private long count(Class<?> type) {
    return world.journal().stream().filter(s -> type.isInstance(s.event())).count();
  }

  @Nested
  class Begin {

    @Test
    void comesAfterAQuarterOfAnHour() {
      DeploymentId gang = gang(3);
      world.pass(Duration.ofMinutes(14));
      assertThat(gathers(gang)).isFalse();
      world.pass(Duration.ofMinutes(1));
      assertThat(gathers(gang)).isTrue();
      world.holds();
    }

    @Test
    void isNotForASingleReplicaNorForOneThatMayBePlacedOneByOne() {
      world.create();
      world.create("replicas", 3, "minReplicas", 1);
      world.pass(Duration.ofMinutes(20));
      assertThat(count(GatheringBegan.class)).isZero();
    }

    @Test
    void isNotForWhatTheRegisteredFleetCannotServe() {
      world.create("replicas", 3, "minReplicas", 3, "minPerformance", 5_000);
      world.create("replicas", 31, "minReplicas", 31);
      world.create("replicas", 2, "minReplicas", 2, "allowOperators", List.of("op-m1"));
      world.create("replicas", 30, "minReplicas", 30);
      world.done(new StopMiner(miners.get(7)));
      world.pass(Duration.ofHours(2));
      assertThat(count(GatheringBegan.class)).isZero();
    }

    @Test
    void goesByValueWhileThereAreMinersToBeHeld() {
      DeploymentId low = world.create("replicas", 3, "minReplicas", 3, "maxGasPrice", "200");
      DeploymentId high = world.create("replicas", 3, "minReplicas", 3, "maxGasPrice", "900");
      world.pass(Duration.ofMinutes(16));
      assertThat(gathers(high)).isTrue();
      assertThat(gathers(low)).isFalse();
    }

    @Test
    void neverComesWhenNobodyMayBeHeld() {
      Policy policy = world.state().policy();
      GatheringRules none =
          new GatheringRules(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ZERO, 0);
      world.policy(policy.with(none));
      gang(3);
      world.pass(Duration.ofHours(1));
      assertThat(count(GatheringBegan.class)).isZero();
    }
  }

  @Nested
  class Hold {

    @Test
    void takesWhoFallsIdleAtOnceAndNoMoreThanAreNeeded() {
      DeploymentId gang = gang(2);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      assertThat(heldFor(gang)).containsExactly(miners.get(0));
      finish(1);
      finish(2);
      assertThat(heldFor(gang)).containsExactly(miners.get(0), miners.get(1));
      world.holds();
    }

    @Test
    void takesWhoWasIdleAlready() {
      Policy policy = world.state().policy();
      DeploymentId gang = gang(3);
      finish(0);
      assertThat(policy.gathering().percent()).isEqualTo(10);
      world.pass(Duration.ofMinutes(15));
      assertThat(heldFor(gang)).containsExactly(miners.get(0));
    }

    @Test
    void isATenthOfTheMinersAtMost() {
      DeploymentId gang = gang(5);
      world.pass(Duration.ofMinutes(15));
      for (int i = 0; i < 5; i++) {
        finish(i);
      }
      assertThat(heldFor(gang)).hasSize(3);
      world.holds();
    }

    @Test
    void keepsTheOperatorsCap() {
      List<MinerId> own = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        own.add(
            world.started(
                io.phalanx.scheduler.world.Samples.registration("x" + i, "one", 1000, 100)));
      }
      DeploymentId gang = world.create("replicas", 3, "minReplicas", 3, "maxPerOperator", 1);
      world.pass(Duration.ofMinutes(15));
      assertThat(heldFor(gang)).containsExactly(own.get(0));
    }

    @Test
    void keepsOthersAway() {
      DeploymentId gang = gang(2);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      DeploymentId other = world.create("maxGasPrice", "1000000");
      assertThat(world.offer(other, miners.get(0))).isEmpty();
      var newest = world.state().rounds().newest();
      assertThat(newest.get(newest.size() - 1).record().dropped())
          .containsExactly(new DroppedLine(other, miners.get(0), DropReason.RESERVED));
      assertThat(heldFor(gang)).containsExactly(miners.get(0));
    }

    @Test
    void leavesWhatOneOfAHigherValueCouldHave() {
      DeploymentId gang = gang(2);
      world.pass(Duration.ofMinutes(15));
      DeploymentId rival = world.create("maxGasPrice", "9000");
      world.pass(Duration.ofMinutes(1));
      finish(0);
      assertThat(heldFor(gang)).isEmpty();
      assertThat(world.offer(rival, miners.get(0))).hasSize(1);
      finish(1);
      assertThat(heldFor(gang)).containsExactly(miners.get(1));
    }

    @Test
    void letsGoWhoStopsOrIsCordoned() {
      DeploymentId gang = gang(3);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      finish(1);
      world.done(new StopMiner(miners.get(0)));
      assertThat(heldFor(gang)).containsExactly(miners.get(1));
      world.done(new CordonMiner(miners.get(1), "op", "repair", null));
      world.pass(Duration.ofMinutes(1));
      assertThat(heldFor(gang)).isEmpty();
      world.holds();
    }
  }

  @Nested
  class End {

    @Test
    void comesWhenItIsPlaced() {
      DeploymentId gang = gang(2);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      finish(1);
      assertThat(world.offer(gang, miners.get(0), miners.get(1))).hasSize(2);
      assertThat(world.state().gatherings().find(gang)).isEmpty();
      assertThat(world.state().miners().reserved()).isZero();
      world.holds();
    }

    @Test
    void comesWhenItsDeploymentEnds() {
      DeploymentId gang = gang(2);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      world.done(new CancelDeployment(World.DEVELOPER, gang));
      assertThat(world.state().miners().reserved()).isZero();
      assertThat(world.state().gatherings().find(gang)).isEmpty();
      world.holds();
    }

    @Test
    void comesAfterHalfAnHourAndAnotherPassesBeforeItBeginsAgain() {
      DeploymentId gang = gang(3);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      world.pass(Duration.ofMinutes(30));
      assertThat(gathers(gang)).isFalse();
      assertThat(world.state().miners().reserved()).isZero();
      world.pass(Duration.ofMinutes(29));
      assertThat(gathers(gang)).isFalse();
      world.pass(Duration.ofMinutes(1));
      assertThat(gathers(gang)).isTrue();
      assertThat(heldFor(gang)).containsExactly(miners.get(0));
      assertThat(count(GatheringBegan.class)).isEqualTo(2);
      assertThat(count(GatheringEnded.class)).isEqualTo(1);
      world.holds();
    }

    @Test
    void isNotBroughtByANewLeader() {
      DeploymentId gang = gang(3);
      world.pass(Duration.ofMinutes(15));
      finish(0);
      world.takeOver();
      assertThat(heldFor(gang)).containsExactly(miners.get(0));
      finish(1);
      assertThat(heldFor(gang)).containsExactly(miners.get(0), miners.get(1));
      world.holds();
    }
  }
}
