package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.history.HistoryFailedException;
import io.phalanx.scheduler.id.KeyMark;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands commands to the writer and turns whatever comes of them into HTTP. */
final class Gateway {
  private final Writes writes;
  private final KeyMemory keys;

  Gateway(Writes writes, KeyMemory keys) {
    this.writes = writes;
    this.keys = keys;
  }

  /**
   * How what was done is shown.
   *
   * @param status when it was done now or before
   * @param location where what was created is, from its view or from the stored answer
   */
  record Success(int status, @Nullable Location location) {
    static final Success OK = new Success(200, null);
  }

  /** Says where something that was created is. */
  @FunctionalInterface
  interface Location {
    String of(io.phalanx.scheduler.view.Answer answer);
  }

  /** Submits a command that any caller may repeat under a key. */
  Future<Answer> submit(Call call, Command command, Success success) {
    return reply(call, command).map(reply -> answer(reply, success));
  }

  /** The reply itself, for who makes more of it than one answer; on the call's event loop. */
  Future<Reply> reply(Call call, Command command) {
    KeyMark key = KeyMemory.keyOf(call);
    if (key == null) {
      return send(call, command, null).compose(keys::resolved); // it may have been sent twice
    }
    return keys.find(key)
        .recover(Gateway::unreadable)
        .compose(known -> known == null ? send(call, command, key) : Future.succeededFuture(known))
        .compose(keys::resolved);
  }

  /** Whether the key was used is not known then, so nothing is done. */
  private static Future<@Nullable Reply> unreadable(Throwable fault) {
    return fault instanceof HistoryFailedException
        ? Future.succeededFuture(new Reply.NotDone("The store cannot be read now."))
        : Future.failedFuture(fault);
  }

  /** The reply to what may be repeated anyway, such as readings, which carry a sequence. */
  Future<Reply> unkeyed(Call call, Command command) {
    return send(call, command, null);
  }

  private Future<Reply> send(Call call, Command command, @Nullable KeyMark key) {
    Promise<Reply> promise = Promise.promise();
    writes.submit(
        new Submission(
            Callers.asked(call, command),
            key,
            reply -> call.loop().execute(() -> promise.complete(reply)),
            call.headers().traceparent()));
    return promise.future();
  }

  /** The one place where what became of a command becomes an answer. */
  static Answer answer(Reply reply, Success success) {
    if (reply instanceof Reply.Decided decided) {
      Position at = new Position(decided.position(), decided.epoch());
      if (decided.outcome() instanceof Outcome.Done done) {
        return done(done, success, at);
      }
      Outcome.Refused refused = (Outcome.Refused) decided.outcome();
      return Answer.problem(RefusalTable.problem(refused.rejection()), at);
    }
    return undecided(reply);
  }

  /** What is said when there is no decision. */
  static Answer undecided(Reply reply) {
    if (reply instanceof Reply.NotDone notDone) {
      return Answer.problem(Problem.of(ProblemKind.NO_LEADER, notDone.reason()));
    }
    Reply.Unknown unknown = (Reply.Unknown) reply;
    return Answer.problem(Problem.of(ProblemKind.NO_LEADER, 504, unknown.reason()));
  }

  private static Answer done(Outcome.Done done, Success success, Position at) {
    Location location = success.location();
    Map<String, String> headers = Map.of();
    if (location != null || done.replayed()) {
      headers = new HashMap<>();
      if (location != null) {
        headers.put("Location", location.of(done.answer()));
      }
      if (done.replayed()) {
        headers.put("Idempotent-Replayed", "true");
      }
    }
    return Answer.json(success.status(), Show.bytes(done.answer()), headers, at);
  }
}
