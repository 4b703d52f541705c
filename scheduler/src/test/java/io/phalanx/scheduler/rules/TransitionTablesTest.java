package io.phalanx.scheduler.rules;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCooledDown;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.world.Moves;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state against every other, and every command in every state. */
final class TransitionTablesTest extends WorldTest {

  private String outcome(Command command) {
    Outcome outcome = world.run(command);
    return outcome instanceof Outcome.Refused refused ? refused.rejection().refusal().name() : "";
  }

  @Nested
  class Miners {

    @ParameterizedTest
    @EnumSource
    void becomeWhatTheTableSays(MinerState from) {
      for (MinerState to : MinerState.values()) {
        boolean allowed = Moves.ofMiners().getOrDefault(from, Set.of()).contains(to);
        assertThat(from.canBecome(to)).as("%s to %s", from, to).isEqualTo(allowed);
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            register | STOPPED      | MINER_IS_ALREADY_REGISTERED
            register | IDLE         | MINER_IS_ALREADY_REGISTERED
            register | ACTIVE       | MINER_IS_ALREADY_REGISTERED
            register | COOLING_DOWN | MINER_IS_ALREADY_REGISTERED
            start    | STOPPED      | IDLE
            start    | IDLE         | IDLE
            start    | ACTIVE       | ACTIVE
            start    | COOLING_DOWN | MINER_IS_NOT_STOPPED
            stop     | STOPPED      | MINER_IS_STOPPED
            stop     | IDLE         | COOLING_DOWN
            stop     | ACTIVE       | COOLING_DOWN
            stop     | COOLING_DOWN | COOLING_DOWN
            terms    | STOPPED      | STOPPED
            terms    | IDLE         | IDLE
            terms    | ACTIVE       | MINER_IS_ACTIVE
            terms    | COOLING_DOWN | COOLING_DOWN
            evidence | STOPPED      | STOPPED
            evidence | IDLE         | IDLE
            evidence | ACTIVE       | ACTIVE
            evidence | COOLING_DOWN | COOLING_DOWN
            stake    | STOPPED      | STOPPED
            stake    | IDLE         | IDLE
            stake    | ACTIVE       | ACTIVE
            stake    | COOLING_DOWN | COOLING_DOWN
            cordon   | STOPPED      | STOPPED
            cordon   | IDLE         | IDLE
            cordon   | ACTIVE       | ACTIVE
            cordon   | COOLING_DOWN | COOLING_DOWN
            uncordon | STOPPED      | STOPPED
            uncordon | IDLE         | IDLE
            uncordon | ACTIVE       | ACTIVE
            uncordon | COOLING_DOWN | COOLING_DOWN
            beat     | STOPPED      | STOPPED
            beat     | IDLE         | IDLE
            beat     | ACTIVE       | ACTIVE
            beat     | COOLING_DOWN | COOLING_DOWN
            """)
    void comeToWithEachCommand(String command, MinerState from, String to) {
      MinerId id = in(from);
      String refusal = outcome(command(command, id));
      assertThat(refusal.isEmpty() ? world.miner(id).state().name() : refusal).isEqualTo(to);
      if (!refusal.isEmpty()) {
        assertThat(world.miner(id).state()).isEqualTo(from);
      }
    }

    private Command command(String name, MinerId id) {
      return switch (name) {
        case "register" -> Samples.registration("a");
        case "start" -> new StartMiner(id);
        case "stop" -> new StopMiner(id);
        case "terms" -> new ChangeMinerTerms(id, "us", GasPrice.of(7));
        case "evidence" -> new RenewEvidence(id, Samples.evidence(5));
        case "stake" -> new StateStake(id, Amount.ofPha(1), "s");
        case "cordon" -> new CordonMiner(id, "admin", "why", null);
        case "uncordon" -> new UncordonMiner(id);
        default -> new Heartbeat(id, 99, 1100);
      };
    }

    private MinerId in(MinerState state) {
      return switch (state) {
        case STOPPED -> world.register("a");
        case IDLE -> world.idle("a");
        case ACTIVE -> {
          MinerId id = world.idle("a");
          world.offer(world.create(), id);
          yield id;
        }
        case COOLING_DOWN -> {
          MinerId id = world.idle("a");
          world.done(new StopMiner(id));
          yield id;
        }
      };
    }

    @ParameterizedTest
    @EnumSource
    void stopTheNodeWhenTheJournalSaysOtherwise(MinerState from) {
      MinerId id = in(from);
      fits(new MinerStarted(id), from == MinerState.STOPPED);
      fits(new MinerCooledDown(id), from == MinerState.COOLING_DOWN);
      long endsAtMs = world.nowMs() + ofDays(7).toMillis();
      fits(new MinerBeganCoolDown(id, endsAtMs), from == MinerState.IDLE);
    }
  }

  private void fits(Event event, boolean fits) {
    State replayed = world.replayed();
    Moment next = new Moment(replayed.position() + 1, world.nowMs());
    if (fits) {
      replayed.apply(event, next);
    } else {
      assertThatThrownBy(() -> replayed.apply(event, next))
          .isInstanceOf(CorruptStateException.class);
    }
  }

  @Nested
  class Assignments {

    @ParameterizedTest
    @EnumSource
    void becomeWhatTheTableSays(AssignmentState from) {
      for (AssignmentState to : AssignmentState.values()) {
        boolean allowed = Moves.ofAssignments().getOrDefault(from, Set.of()).contains(to);
        assertThat(from.canBecome(to)).as("%s to %s", from, to).isEqualTo(allowed);
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            acknowledge | OFFERED | RUNNING
            acknowledge | RUNNING | RUNNING
            acknowledge | ENDED   | ASSIGNMENT_HAS_ENDED
            complete    | OFFERED | ASSIGNMENT_IS_NOT_RUNNING
            complete    | RUNNING | ENDED
            complete    | ENDED   | ASSIGNMENT_HAS_ENDED
            fail        | OFFERED | ENDED
            fail        | RUNNING | ENDED
            fail        | ENDED   | ASSIGNMENT_HAS_ENDED
            stale       | OFFERED | EPOCH_IS_STALE
            stale       | RUNNING | EPOCH_IS_STALE
            stale       | ENDED   | EPOCH_IS_STALE
            """)
    void comeToWithEachCommand(String command, AssignmentState from, String to) {
      AssignmentId id = in(from);
      String refusal = outcome(command(command, id));
      assertThat(refusal.isEmpty() ? world.assignment(id).state().name() : refusal).isEqualTo(to);
    }

    private Command command(String name, AssignmentId id) {
      long epoch = world.assignment(id).epoch();
      return switch (name) {
        case "acknowledge" -> new AcknowledgeAssignment(id, epoch);
        case "complete" -> new CompleteAssignment(id, epoch, null);
        case "fail" -> new FailAssignment(id, epoch, null);
        default -> new AcknowledgeAssignment(id, epoch + 1);
      };
    }

    private AssignmentId in(AssignmentState state) {
      AssignmentId id = world.offer(world.create(), world.idle("a")).get(0);
      if (state != AssignmentState.OFFERED) {
        world.acknowledge(id);
      }
      if (state == AssignmentState.ENDED) {
        world.done(new StopMiner(Samples.minerId("a")));
      }
      return id;
    }

    @ParameterizedTest
    @EnumSource
    void stopTheNodeWhenTheJournalSaysOtherwise(AssignmentState from) {
      fits(new AssignmentAcknowledged(in(from)), from == AssignmentState.OFFERED);
    }
  }

  @Nested
  class Deployments {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            acknowledged | PLACED   | RUNNING
            declined     | PLACED   | PENDING
            failed       | RUNNING  | DEGRADED
            placed again | DEGRADED | RUNNING
            completed    | RUNNING  | ENDED
            cancelled    | PENDING  | ENDED
            cancelled    | PLACED   | ENDED
            cancelled    | RUNNING  | ENDED
            cancelled    | DEGRADED | ENDED
            cancelled    | ENDED    | ENDED
            changed      | PENDING  | PENDING
            changed      | PLACED   | DEPLOYMENT_IS_NOT_PENDING
            changed      | RUNNING  | DEPLOYMENT_IS_NOT_PENDING
            changed      | DEGRADED | DEPLOYMENT_IS_NOT_PENDING
            changed      | ENDED    | DEPLOYMENT_HAS_ENDED
            """)
    void comeToWithWhatHappens(String what, DeploymentState from, String to) {
      DeploymentId id = in(from);
      String refusal = happens(what, id);
      assertThat(refusal.isEmpty() ? world.deployment(id).state().name() : refusal).isEqualTo(to);
    }

    private String happens(String what, DeploymentId id) {
      List<AssignmentId> live =
          world.state().assignments().of(id).stream()
              .filter(io.phalanx.scheduler.deployment.Assignment::isLive)
              .map(io.phalanx.scheduler.deployment.Assignment::id)
              .toList();
      return switch (what) {
        case "acknowledged" -> outcome(new AcknowledgeAssignment(live.get(0), epoch(live.get(0))));
        case "declined", "failed" ->
            outcome(new FailAssignment(live.get(0), epoch(live.get(0)), null));
        case "completed" -> outcome(new CompleteAssignment(live.get(0), epoch(live.get(0)), null));
        case "placed again" -> {
          world.running(id, world.idle("b"));
          yield "";
        }
        case "cancelled" -> outcome(new CancelDeployment(World.DEVELOPER, id));
        default -> {
          DeploymentSpec before = world.deployment(id).spec();
          yield outcome(
              new ChangeDeployment(
                  World.DEVELOPER, id, before, Samples.spec("maxGasPrice", "1234")));
        }
      };
    }

    private long epoch(AssignmentId id) {
      return world.assignment(id).epoch();
    }

    private DeploymentId in(DeploymentState state) {
      DeploymentId id = world.create();
      if (state == DeploymentState.PENDING) {
        return id;
      }
      AssignmentId offered = world.offer(id, world.idle("a")).get(0);
      if (state == DeploymentState.PLACED) {
        return id;
      }
      world.acknowledge(offered);
      if (state == DeploymentState.DEGRADED) {
        world.done(new StopMiner(Samples.minerId("a")));
      } else if (state == DeploymentState.ENDED) {
        world.done(new CancelDeployment(World.DEVELOPER, id));
      }
      assertThat(world.deployment(id).state()).isEqualTo(state);
      return id;
    }
  }

  @Test
  void haveARowForEachState() {
    assertThat(Moves.ofMiners()).containsOnlyKeys(MinerState.values());
    assertThat(Moves.ofAssignments()).containsOnlyKeys(AssignmentState.values());
    assertThat(Moves.ofDeployments()).containsOnlyKeys(DeploymentState.values());
  }
}
