package io.phalanx.cluster.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.GasResults;
import io.phalanx.scheduler.view.PolicyView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final MinerId MINER = new MinerId("ab".repeat(32));
  private static final AssignmentId ASSIGNMENT = new AssignmentId("a-1");

  private static JsonNode json(String text) throws JsonProcessingException {
    return CoreJson.stored().readTree(text);
  }

  @Nested
  class Commands {
    private final List<CommandCodec.Keyed> commands =
        List.of(
            keyed(
                new RegisterMiner(
                    MINER,
                    "op",
                    "eu",
                    Amount.ofPha(5),
                    1000,
                    GasPrice.of(7),
                    new Evidence(2, "declared", 1, List.of("INTEL-SA-00219"), 5, null, null))),
            keyed(new CordonMiner(MINER, "op", "repair", Duration.ofHours(2))),
            keyed(new Heartbeat(MINER, 5, null)),
            keyed(new Deposit("dev", Amount.ofPha(3), "r-1", Amount.ofPha(0))),
            keyed(new FailAssignment(ASSIGNMENT, 4, "why")),
            keyed(new ReportGas(List.of(new Reading(ASSIGNMENT, 4, 5, 6, true)))),
            keyed(new ChangePolicy(Policy.DEFAULT, 1)),
            keyed(
                new ActAs(
                    Caller.miner(MINER.text()),
                    new Nonce(MINER.text(), "n-1", 9_000),
                    new StartMiner(MINER))),
            new CommandCodec.Keyed(
                new ActAs(
                    new Caller(Role.DEVELOPER, "dev", "k-1"),
                    null,
                    new Deposit("dev", Amount.ofPha(1), "r-2", Amount.ofPha(0))),
                KeyMark.of("other", new byte[] {8}),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            new CommandCodec.Keyed(
                new Heartbeat(MINER, 6, 100), KeyMark.of("scope", new byte[] {7}), null));

    private static CommandCodec.Keyed keyed(Command command) {
      return new CommandCodec.Keyed(command, null, null);
    }

    @Test
    void comeBackAsTheyWere() throws JsonProcessingException {
      assertThat(CommandCodec.read(json(CommandCodec.write(commands)))).isEqualTo(commands);
    }

    @Test
    void withoutATraceAreAsNodesThatKnowNoneExpectThem() {
      assertThat(CommandCodec.write(List.of(keyed(new StartMiner(MINER))))).doesNotContain("trace");
    }

    @Test
    void allHaveANameOfTheirOwn() {
      assertThat(CommandCodec.types())
          .hasSizeGreaterThan(20)
          .extracting(Class::getSimpleName)
          .doesNotHaveDuplicates();
    }

    @Test
    void areRefusedWhenAnotherVersionSaysMore() {
      String unknownType = "{\"commands\":[{\"command\":{\"EraseMiner\":{}}}]}";
      String unknownField =
          "{\"commands\":[{\"command\":{\"Heartbeat\":{\"minerId\":\"%s\",\"sequence\":1,\"x\":2}}}]}"
              .formatted(MINER.text());

      for (String text : List.of(unknownType, unknownField)) {
        assertThatThrownBy(() -> CommandCodec.read(json(text)))
            .isInstanceOf(JsonProcessingException.class);
      }
    }
  }

  @Nested
  class Replies {
    private List<Reply> comeBack(Reply reply) throws JsonProcessingException {
      return ReplyCodec.read(json(ReplyCodec.write(List.of(reply))));
    }

    private Reply done(Answer answer) {
      return new Reply.Decided(new Outcome.Done(answer, true), 12, 3);
    }

    @Test
    void comeBackAsTheyWere() throws JsonProcessingException {
      Rejection rejection = Rejection.guard(Refusal.STAKE_IS_TOO_LOW, "too low", "5", "3");
      GasResults gas =
          new GasResults(
              List.of(
                  new GasResults.Charged(Amount.ofPha(1), true, null),
                  new GasResults.RefusedReading(rejection)));
      for (Reply reply :
          List.of(
              new Reply.NotDone("no"),
              new Reply.Unknown("who knows"),
              new Reply.Decided(new Outcome.Refused(rejection), 9, 2),
              done(gas),
              done(new Answer.GivenAt(77)),
              done(new PolicyView(Policy.DEFAULT)))) {
        assertThat(comeBack(reply)).containsExactly(reply);
      }
    }

    @Test
    void areShownWithTheSameBytes() throws JsonProcessingException {
      Answer view = new Answer.Stored(json("{\"id\":\"d-1\",\"endedAt\":null}"));
      Reply.Decided back = (Reply.Decided) comeBack(done(view)).get(0);
      Answer shown = ((Outcome.Done) back.outcome()).answer();

      assertThat(CoreJson.shown().writeValueAsString(shown))
          .isEqualTo(CoreJson.shown().writeValueAsString(view));
    }
  }
}
