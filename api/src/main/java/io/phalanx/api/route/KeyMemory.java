package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.api.read.KeyReads;
import io.phalanx.scheduler.decide.KeyUse;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.history.HistoryQuery;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.state.Keys;
import io.phalanx.scheduler.view.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
  private final KeyReads reads;
  private volatile boolean hasOldKeys;

  KeyMemory(Vertx vertx, Engine engine) {
    this.vertx = vertx;
    this.engine = engine;
    this.reads = new KeyReads(engine);
    this.hasOldKeys = !engine.history().page(HistoryQuery.oldest(HistoryKinds.KEY, 1)).isEmpty();
    if (!hasOldKeys) {
      vertx.setTimer(WRITER_REMEMBERS_MS, ignored -> hasOldKeys = true);
    }
  }

  /** The key a call came with; null without one, or when the method creates nothing. */
  static @Nullable KeyUse keyOf(Call call) {
    String key = call.headers().idempotencyKey();
    if (key == null || !call.operation().method().equals("POST")) {
      return null;
    }
    String path = call.operation().path() + " " + call.path();
    String scope =
        Callers.scope(call) + "\n" + call.operation().method() + "\n" + path + "\n" + key;
    return new KeyUse(scope, sha256(call.bodyBytes()));
  }

  /** What a key of the history was answered; null when the writer has to say. */
  Future<@Nullable Reply> find(Call call, KeyUse key) {
    if (!hasOldKeys || engine.replica().read(s -> s.keys().find(key.scope()).isPresent())) {
      return Future.succeededFuture(null);
    }
    return vertx.executeBlocking(() -> inHistory(key), false);
  }

  private @Nullable Reply inHistory(KeyUse key) {
    Optional<Keys.Used> found = reads.find(key.scope());
    if (found.isEmpty()) {
      return null;
    }
    Keys.Used used = found.get();
    JournalHead head = engine.replica().head();
    Outcome outcome =
        used.bodyHash().equals(key.bodyHash())
            ? new Outcome.Done(new Answer.Stored(used.answer()), true)
            : new Outcome.Refused(
                Rejection.of(
                    Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST,
                    "The idempotency key was used for another request."));
    return new Reply.Decided(outcome, head.last(), head.epoch());
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
