package io.phalanx.cluster.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.phalanx.cluster.forward.WriteBus.Result;
import io.phalanx.cluster.lead.Leaders;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.view.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ForwardedWritesTest {
  private static final MinerId MINER = new MinerId("ab".repeat(32));
  private static final KeyMark KEY = KeyMark.of("dev POST /v1/x k", new byte[] {1});
  private static final Reply DONE =
      new Reply.Decided(new Outcome.Done(new Answer.Stored(NullNode.getInstance()), true), 9, 2);

  private final FakeBus bus = new FakeBus();
  private final FakeLocal local = new FakeLocal();
  private final Leaders leaders = new Leaders();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();
  private final List<Reply> replies = new ArrayList<>();
  private final ForwardedWrites writes =
      new ForwardedWrites(local, leaders, bus, nanos::get, () -> "id-" + ids.incrementAndGet());

  private record Sent(String node, JsonNode body, Consumer<Result> onResult) {
    List<CommandCodec.Keyed> commands() {
      try {
        return CommandCodec.read(body);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    void answer(Reply... answers) {
      onResult.accept(new Result.Answered(json(ReplyCodec.write(List.of(answers)))));
    }
  }

  private static final class FakeBus implements WriteBus {
    final Deque<Sent> sent = new ArrayDeque<>();

    @Override
    public void send(String node, String body, Consumer<Result> onResult) {
      sent.addLast(new Sent(node, json(body), onResult));
    }
  }

  private static final class FakeLocal implements ForwardedWrites.Local {
    final Deque<Submission> taken = new ArrayDeque<>();
    final List<Runnable> later = new ArrayList<>();
    boolean leading;
    long position = 100;

    @Override
    public boolean isLeading() {
      return leading;
    }

    @Override
    public void submit(Submission submission) {
      taken.addLast(submission);
    }

    @Override
    public void whenAt(long wanted, Runnable action) {
      if (wanted <= position) {
        action.run();
      } else {
        later.add(action);
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return CoreJson.stored().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void submit(Command command, @Nullable KeyMark key) {
    writes.submit(new Submission(command, key, replies::add));
    writes.pump();
  }

  @Nested
  class ToALeaderElsewhere {
    @Test
    void goesInBatchesAndComesBackInOrder() {
      for (int i = 1; i <= 3; i++) {
        writes.submit(new Submission(new Heartbeat(MINER, i, null), null, replies::add));
      }
      leaders.leads("b", 1);
      writes.pump();
      Reply refused = new Reply.Unknown("second");
      Sent batch = bus.sent.remove();
      batch.answer(DONE, refused, DONE);

      assertThat(batch.node()).isEqualTo("b");
      assertThat(batch.commands())
          .extracting(keyed -> ((Heartbeat) keyed.command()).sequence())
          .containsExactly(1L, 2L, 3L);
      assertThat(replies).hasSize(3).element(1).isEqualTo(refused);
      assertThat(writes.pending()).isZero();
    }

    @Test
    void keepsItsTraceUpToTheWriterThatDecidesIt() {
      String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
      leaders.leads("b", 1);
      writes.submit(new Submission(new StartMiner(MINER), KEY, replies::add, trace));
      writes.pump();

      new LeaderDesk(local).take(bus.sent.remove().body(), answered -> {});
      assertThat(local.taken.remove().traceparent()).isEqualTo(trace);
      local.leading = true;
      writes.submit(new Submission(new StartMiner(MINER), KEY, replies::add, trace));
      assertThat(local.taken.remove().traceparent()).isEqualTo(trace);
    }

    @Test
    void waitsUntilThisNodeShowsWhatWasDone() {
      leaders.leads("b", 1);
      local.position = 8;
      submit(new Heartbeat(MINER, 1, null), null);
      bus.sent.remove().answer(DONE);
      assertThat(replies).isEmpty();

      local.later.forEach(Runnable::run);
      assertThat(replies).hasSize(1);
    }

    @Test
    void isBoundedInBatchesAndInFlight() {
      leaders.leads("b", 1);
      for (int i = 0; i < 20 * ForwardedWrites.BATCH; i++) {
        writes.submit(new Submission(new Heartbeat(MINER, i, null), null, replies::add));
      }
      writes.pump();

      assertThat(bus.sent).hasSizeLessThan(20);
      assertThat(bus.sent.remove().commands()).hasSize(ForwardedWrites.BATCH);
    }

    @Test
    void turnsAwayWhatIsTooMuch() {
      for (int i = 0; i <= ForwardedWrites.MAX_WAITING; i++) {
        writes.submit(new Submission(new Heartbeat(MINER, i, null), null, replies::add));
      }

      assertThat(replies).singleElement().isInstanceOf(Reply.NotDone.class);
    }

    @Test
    void givesEachCommandThatNothingElseTellsAnIdOfItsOwn() {
      leaders.leads("b", 1);
      submit(new StartMiner(MINER), null);
      submit(new StartMiner(MINER), KEY);
      submit(new Heartbeat(MINER, 1, null), null);

      assertThat(bus.sent)
          .extracting(sent -> sent.commands().get(0).key())
          .containsExactly(KeyMark.of("command id-1", new byte[0]), KEY, null);
    }

    @Test
    void saysReplayedOnlyOfTheCallersOwnKey() {
      leaders.leads("b", 1);
      submit(new StartMiner(MINER), null);
      bus.sent.remove().answer(DONE);
      submit(new StartMiner(MINER), KEY);
      bus.sent.remove().answer(DONE);

      assertThat(replies)
          .extracting(reply -> ((Outcome.Done) ((Reply.Decided) reply).outcome()).replayed())
          .containsExactly(false, true);
    }
  }

  @Nested
  class AfterAFault {
    @Test
    void isSentAgainUnderTheSameIdToTheNextLeader() {
      leaders.leads("b", 1);
      submit(new StartMiner(MINER), null);
      Sent first = bus.sent.remove();
      leaders.leads("c", 2);
      writes.pump();
      Sent second = bus.sent.remove();
      second.answer(DONE);
      first.answer(DONE); // too late to count twice

      assertThat(second.node()).isEqualTo("c");
      assertThat(second.commands().get(0).key()).isEqualTo(first.commands().get(0).key());
      assertThat(replies).hasSize(1);
    }

    @Test
    void isUnknownWhenItWasSignedForOnce() {
      ActAs signed =
          new ActAs(Caller.node("n"), new Nonce("k", "n-1", Long.MAX_VALUE), new StartMiner(MINER));
      leaders.leads("b", 1);
      submit(signed, KEY);
      leaders.leads("c", 2);
      writes.pump();

      assertThat(bus.sent).hasSize(1);
      assertThat(replies).singleElement().isInstanceOf(Reply.Unknown.class);
    }

    @Test
    void isSentAgainWhenItWasNotDone() {
      leaders.leads("b", 1);
      submit(new Heartbeat(MINER, 1, null), null);
      bus.sent.remove().answer(new Reply.NotDone("not leading"));
      writes.pump();
      bus.sent.remove().answer(DONE);

      assertThat(replies).containsExactly(DONE);
    }

    @Test
    void isNotDoneWhenNobodyLeadsForTooLong() {
      submit(new StartMiner(MINER), KEY);
      nanos.set(TimeUnit.SECONDS.toNanos(9));
      writes.pump();

      assertThat(replies).singleElement().isInstanceOf(Reply.NotDone.class);
    }

    /** A bus that is left while a request is on its way never says what became of it. */
    @Test
    void isSentAgainWhenTheBusIsSilent() {
      leaders.leads("b", 1);
      submit(new StartMiner(MINER), KEY);
      Sent lost = bus.sent.remove();
      nanos.set(TimeUnit.SECONDS.toNanos(7));
      writes.pump();
      bus.sent.remove().answer(DONE);
      lost.answer(DONE); // too late to count twice

      assertThat(replies).containsExactly(DONE);
    }

    @Test
    void doesNotFillTheBusForThoseAfterIt() {
      leaders.leads("b", 1);
      for (int i = 0; i < 50; i++) {
        submit(new Heartbeat(MINER, i, null), null);
      }
      bus.sent.clear();
      nanos.set(TimeUnit.SECONDS.toNanos(9));
      writes.pump();
      submit(new StartMiner(MINER), KEY);

      assertThat(replies).hasSize(50).noneMatch(Reply.Decided.class::isInstance);
      assertThat(replies).filteredOn(Reply.Unknown.class::isInstance).isNotEmpty();
      assertThat(bus.sent).hasSize(1);
    }

    @Test
    void isSentAgainAtOnceWhenTheBusWasJoinedAnew() {
      leaders.leads("b", 1);
      submit(new StartMiner(MINER), KEY);
      bus.sent.clear();
      writes.rejoined();
      writes.pump();
      bus.sent.remove().answer(DONE);

      assertThat(replies).containsExactly(DONE);
    }

    @Test
    void isUnknownWhenALeaderMayHaveDoneIt() {
      leaders.leads("b", 1);
      submit(new StartMiner(MINER), KEY);
      bus.sent.remove().onResult().accept(new Result.Unheard());
      nanos.set(TimeUnit.SECONDS.toNanos(9));
      writes.pump();

      assertThat(replies).singleElement().isInstanceOf(Reply.Unknown.class);
    }
  }

  @Nested
  class OnTheLeaderItself {
    @Test
    void isDecidedHere() {
      local.leading = true;
      submit(new StartMiner(MINER), KEY);
      local.taken.remove().onReply().accept(DONE);

      assertThat(bus.sent).isEmpty();
      assertThat(replies).containsExactly(DONE);
    }

    @Test
    void goesToTheSuccessorWhenItWasNotDoneHereAnyMore() {
      local.leading = true;
      submit(new StartMiner(MINER), KEY);
      local.leading = false;
      leaders.leads("b", 2);
      local.taken.remove().onReply().accept(new Reply.NotDone("No leader takes writes now."));
      writes.pump();
      bus.sent.remove().answer(DONE);

      assertThat(replies).containsExactly(DONE);
    }

    @Test
    void isToldThatNothingIsKnownWhenNothingIs() {
      local.leading = true;
      submit(new StartMiner(MINER), KEY);
      local.leading = false;
      local.taken.remove().onReply().accept(new Reply.Unknown("the store is gone"));

      assertThat(replies).singleElement().isInstanceOf(Reply.Unknown.class);
    }
  }
}
