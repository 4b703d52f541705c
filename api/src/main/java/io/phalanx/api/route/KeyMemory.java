package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.history.HistoryKey;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.StoreFailedException;
import io.phalanx.scheduler.view.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys that the state no longer has. Looked up only once the history has keys that are
 * older than what the writer itself remembers, so a young node pays nothing for them.
 */
final class KeyMemory {
  private static final long WRITER_REMEMBERS_MS = 9 * 60_000L;

  private final Vertx vertx;
  private final Engine engine;
  private volatile boolean hasOldKeys;

  KeyMemory(Vertx vertx, Engine engine) {
    this.vertx = vertx;
    this.engine = engine;
    this.hasOldKeys = engine.history().hasKeys();
    if (!hasOldKeys) {
      vertx.setTimer(WRITER_REMEMBERS_MS, ignored -> hasOldKeys = true);
    }
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

  /** What a key of the history was answered; null when the writer has to say. */
  Future<@Nullable Reply> find(KeyMark key) {
    if (!hasOldKeys || engine.replica().read(s -> s.keys().find(key.scope()).isPresent())) {
      return Future.succeededFuture(null);
    }
    return vertx.executeBlocking(() -> inHistory(key), false);
  }

  private @Nullable Reply inHistory(KeyMark key) {
    Optional<HistoryKey> found = engine.history().key(key.scope());
    if (found.isEmpty()) {
      return null;
    }
    HistoryKey used = found.get();
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
      return vertx.executeBlocking(() -> withFirst(decided, given), false);
    }
    return Future.succeededFuture(reply);
  }

  private Reply withFirst(Reply.Decided decided, Answer.GivenAt given) {
    try {
      Outcome outcome = new Outcome.Done(engine.firstAnswer(given.position()), true);
      return new Reply.Decided(outcome, decided.position(), decided.epoch());
    } catch (StoreFailedException e) {
      return new Reply.NotDone("The journal cannot be read now.");
    }
  }
}
