package io.phalanx.scheduler.rules;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.DeploymentView;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, policy and what leaves for the history. */
final class SystemRulesTest extends WorldTest {

  @Nested
  class Keys {

    private static final String SCOPE = "dev POST /v1/deployments k-1";
    private final KeyMark key = KeyMark.of(SCOPE, new byte[] {1});
    private final Command create =
        new CreateDeployment(World.DEVELOPER, Samples.spec(), Amount.ZERO);

    @Test
    void repeatTheAnswerAndNothingElse() throws Exception {
      Outcome.Done first = (Outcome.Done) world.run(create, key);
      int events = world.journal().size();
      Outcome.Done again = (Outcome.Done) world.run(create, key);
      assertThat(again.replayed()).isTrue();
      assertThat(world.journal()).hasSize(events);
      assertThat(world.first(again)).isEqualTo(CoreJson.shown().writeValueAsString(first.answer()));
    }

    @Test
    void repeatTheAnswerAfterAFailOver() {
      world.run(create, key);
      world.takeOver();
      int events = world.journal().size();
      assertThat(((Outcome.Done) world.run(create, key)).replayed()).isTrue();
      assertThat(world.journal()).hasSize(events);
    }

    static Stream<Command> commands() {
      MinerId miner = Samples.minerId("a");
      return Stream.of(
          new CreateDeployment("newcomer", Samples.spec("name", "x"), Amount.ofPha(9)),
          new CreateDeployment(World.DEVELOPER, Samples.spec("replicas", 3), Amount.ZERO),
          Samples.registration("b"),
          new Deposit(World.DEVELOPER, Amount.of(7), "r-1", Amount.ZERO),
          new Withdraw(World.DEVELOPER, Amount.of(7), "r-2", Amount.ZERO),
          new StateStake(miner, Amount.ofPha(6_000), "r-3"),
          new CordonMiner(miner, "admin", "rain", null),
          new StopMiner(miner));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void repeatTheAnswerToTheLetterWhateverCameAfter(Command command) throws Exception {
      world.idle("a");
      Outcome.Done first = (Outcome.Done) world.run(command, key);
      String answered = CoreJson.shown().writeValueAsString(first.answer());
      if (first.answer() instanceof DeploymentView created) {
        world.done(new CancelDeployment(created.developer(), created.id()));
      }
      world.idle("c");
      world.pass(ofMinutes(5));
      world.takeOver();
      assertThat(world.first((Outcome.Done) world.run(command, key))).isEqualTo(answered);
    }

    @Test
    void ofDeploymentsNeedNoEventOfTheirOwn() {
      world.run(create, key);
      assertThat(world.journal().get(world.journal().size() - 1).event())
          .isInstanceOfSatisfying(
              DeploymentCreated.class, created -> assertThat(created.key()).isEqualTo(key));
    }

    @Test
    void ofCommandsThatChangeNothingAreRememberedToo() throws Exception {
      Command deposit = new Deposit(World.DEVELOPER, Amount.of(7), "r-1", Amount.ZERO);
      world.done(deposit);
      Outcome.Done first = (Outcome.Done) world.run(deposit, key);
      Outcome.Done again = (Outcome.Done) world.run(deposit, key);
      assertThat(first.replayed()).isFalse();
      assertThat(world.first(again)).isEqualTo(CoreJson.shown().writeValueAsString(first.answer()));
    }

    @Test
    void leaveTheStateUpToThePositionThatIsSaid() {
      world.run(create, key);
      long used = world.state().position();
      KeyMark later = KeyMark.of("dev POST /v1/deployments k-2", new byte[] {1});
      world.run(create, later);
      world.done(new KeepHistory(world.state().position(), used));
      assertThat(world.state().keys().find(key.scope())).isEmpty();
      assertThat(world.state().keys().find(later.scope())).isPresent();
    }

    @Test
    void refuseAnotherBody() {
      world.run(create, key);
      Outcome outcome = world.run(create, KeyMark.of(SCOPE, new byte[] {2}));
      assertThat(((Outcome.Refused) outcome).rejection().refusal())
          .isEqualTo(Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST);
    }

    @Test
    void ofRefusedCommandsAreFreeAgain() {
      Command tooMuch = new Withdraw(World.DEVELOPER, Amount.ofPha(9_000_000), "w-1", Amount.ZERO);
      assertThat(world.run(tooMuch, key)).isInstanceOf(Outcome.Refused.class);
      assertThat(((Outcome.Done) world.run(create, key)).replayed()).isFalse();
    }
  }

  @Nested
  class PolicyChanges {

    @Test
    void areVersioned() {
      world.policy(Policy.DEFAULT);
      assertThat(world.state().policy().version()).isEqualTo(2);
      assertThat(world.refusal(new ChangePolicy(Policy.DEFAULT, 1)))
          .isEqualTo(Refusal.POLICY_HAS_CHANGED);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /gas/settlementPeriod          | "PT0S"
            /gas/settlementPeriod          | "PT-1S"
            /gas/settlementPeriod          | "P400D"
            /gas/retentionDivisor          | 0
            /gas/treasuryPercent           | 101
            /gas/treasuryPercent           | -1
            /gas/burst                     | "PT-1S"
            /gas/finalReadingWait          | "PT-1S"
            /miners/minimumPerformance     | -1
            /miners/stakeFactor            | -1
            /miners/highestValuePha        | -1
            /miners/coolDown               | "PT-1S"
            /miners/heartbeatWindow        | "PT0S"
            /miners/silenceGrace           | "PT-1S"
            /miners/nextHeartbeatIn        | "PT0S"
            /miners/driftPercent           | 99
            /miners/massSilencePercent     | -1
            /miners/massSilenceMinimum     | 0
            /miners/massSilencePause       | "PT-1S"
            /miners/strikesToCordon        | 0
            /miners/strikeCordon           | "P400D"
            /assignments/acknowledgement   | "PT0S"
            /assignments/exclusion         | "PT-1S"
            /assignments/headStart         | "PT-1S"
            /assignments/failuresToEnd     | 0
            /assignments/failureOperators  | 0
            /assignments/failureReset      | "PT-1S"
            """)
    void thatNoNetworkCanRunOnAreRefused(String pointer, String value) throws Exception {
      Outcome outcome = world.run(new ChangePolicy(with(pointer, value), 1));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> {
                assertThat(refused.rejection().refusal()).isEqualTo(Refusal.VALUE_IS_INVALID);
                assertThat(refused.rejection().pointer()).isEqualTo(pointer);
              });
    }

    private static Policy with(String pointer, String value) throws JsonProcessingException {
      ObjectNode policy = CoreJson.stored().valueToTree(Policy.DEFAULT);
      String[] names = pointer.split("/", -1);
      policy.withObject("/" + names[1]).set(names[2], CoreJson.stored().readTree(value));
      return CoreJson.stored().treeToValue(policy, Policy.class);
    }

    @Test
    void areEvents() {
      assertThat(world.eventsOf(new ChangePolicy(Policy.DEFAULT, 1)))
          .containsExactly(new PolicyChanged(Policy.DEFAULT.withVersion(2)));
    }
  }

  @Nested
  class History {

    private void keep() {
      world.done(new KeepHistory(world.state().position(), world.state().position()));
    }

    @Test
    void takesWhatHasEnded() {
      DeploymentId id = world.create();
      AssignmentId offered = world.offer(id, world.idle("a")).get(0);
      world.done(new CancelDeployment(World.DEVELOPER, id));
      keep();
      assertThat(world.state().deployments().find(id)).isEmpty();
      assertThat(world.state().assignments().find(offered)).isEmpty();
    }

    @Test
    void leavesWhatALastReadingIsAwaitedOf() {
      DeploymentId id = world.create();
      AssignmentId running = world.running(id, world.idle("a"));
      world.done(new CancelDeployment(World.DEVELOPER, id));
      keep();
      assertThat(world.state().assignments().find(running)).isPresent();
      world.pass(ofMinutes(5));
      keep();
      assertThat(world.state().deployments().find(id)).isEmpty();
    }

    @Test
    void leavesWhatLives() {
      DeploymentId id = world.create();
      AssignmentId running = world.running(id, world.idle("a"));
      keep();
      assertThat(world.deployment(id).isEnded()).isFalse();
      assertThat(world.assignment(running).isLive()).isTrue();
    }
  }
}
