package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.api.read.KeyReads;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.StoreFailedException;
import io.phalanx.scheduler.state.Keys;
import io.phalanx.scheduler.view.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys that the writer may have let go of. Looked up only once the history has any: it
 * gets them before the writer is told, so a young node pays nothing for them.
 */
final class KeyMemory {
  private final Vertx vertx;
  private final Engine engine;
  private final KeyReads reads;

  KeyMemory(Vertx vertx, Engine engine) {
    this.vertx = vertx;
    this.engine = engine;
    this.reads = new KeyReads(engine);
  }

  /** The key a call came with; null without one, or when the method creates nothing. */
  static @Nullable KeyMark keyOf(Call call) {
    String key = call.headers().idempotencyKey();
    if (key == null || !call.operation().method().equals("POST")) {
      return null;
    }
    String path = call.operation().path() + " " + call.path();
    String scope =
        Callers.scope(call) + "\n" + call.operation().method() + "\n" + path + "\n" + key;
    return KeyMark.of(scope, call.bodyBytes());
  }

  /**
   * What is said to a key whose use is committed; null when the writer has to say. Once keys leave,
   * the state's are answered from here as well: the writer is ahead, and may have let go of one
   * that was still seen here.
   */
  Future<@Nullable Reply> find(KeyMark key) {
    if (!engine.history().hasKeys()) {
      return Future.succeededFuture(null);
    }
    Optional<Keys.Used> used = reads.inState(key.scope());
    if (used.isPresent()) {
      return Future.succeededFuture(repeated(key, used.get()));
    }
    return vertx.executeBlocking(
        () -> reads.find(key.scope()).map(known -> repeated(key, known)).orElse(null), false);
  }

  private Reply repeated(KeyMark key, Keys.Used used) {
    JournalHead head = engine.replica().head();
    Outcome outcome =
        used.mark().hasBodyOf(key)
            ? new Outcome.Done(new Answer.GivenAt(used.position()), true)
            : new Outcome.Refused(
                Rejection.of(
                    Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST,
                    "The idempotency key was used for another request."));
    return new Reply.Decided(outcome, head.last(), head.epoch());
  }

  /** A reply that says where the first answer is, with that answer. */
  Future<Reply> resolved(Reply reply) {
    if (reply instanceof Reply.Decided decided
        && decided.outcome() instanceof Outcome.Done done
        && done.answer() instanceof Answer.GivenAt given) {
      return vertx.executeBlocking(() -> withFirst(decided, given, done.replayed()), false);
    }
    return Future.succeededFuture(reply);
  }

  private Reply withFirst(Reply.Decided decided, Answer.GivenAt given, boolean replayed) {
    try {
      Outcome outcome = new Outcome.Done(engine.firstAnswer(given.position()), replayed);
      return new Reply.Decided(outcome, decided.position(), decided.epoch());
    } catch (StoreFailedException e) {
      return new Reply.NotDone("The journal cannot be read now.");
    }
  }
}
