package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.InvalidCallException;
import io.phalanx.api.http.NodeView;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.AccessReads;
import io.phalanx.api.read.AccountReads;
import io.phalanx.api.read.Cursor;
import io.phalanx.api.read.DeploymentReads;
import io.phalanx.api.read.Explanations;
import io.phalanx.api.read.LogBehindException;
import io.phalanx.api.read.MinerReads;
import io.phalanx.api.read.NetworkReads;
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.read.RoundReads;
import io.phalanx.api.read.SettlementReads;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.history.HistoryFailedException;
import io.phalanx.scheduler.journal.StoreFailedException;
import io.phalanx.scheduler.receipt.ReceiptsFailedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The read services, and how what they find becomes an answer. An answer carries the position that
 * was reached before the read began: what was read is at least that new.
 *
 * @param vertx runs what may block
 * @param node says which position is reached
 * @param deployments deployments and their assignments
 * @param miners miners
 * @param accounts developers' money
 * @param settlements closed periods
 * @param rounds runs of the placement model
 * @param network figures
 * @param explanations why a deployment is where it is
 * @param access API keys and the audit trail
 */
record Reads(
    Vertx vertx,
    NodeView node,
    DeploymentReads deployments,
    MinerReads miners,
    AccountReads accounts,
    SettlementReads settlements,
    RoundReads rounds,
    NetworkReads network,
    Explanations explanations,
    AccessReads access) {

  /** For each round that an explanation tries. */
  private static final Duration EXPLANATION_TIME = Duration.ofMillis(500);

  static Reads of(Vertx vertx, NodeView node, Engine engine, InstantSource clock) {
    return new Reads(
        vertx,
        node,
        new DeploymentReads(engine, clock),
        new MinerReads(engine, clock),
        new AccountReads(engine),
        new SettlementReads(engine),
        new RoundReads(engine),
        new NetworkReads(engine, clock),
        new Explanations(engine, clock, EXPLANATION_TIME),
        new AccessReads(engine));
  }

  /** Answers with what is found without blocking. */
  Future<Answer> now(Supplier<? extends Object> view) {
    Position before = node.position();
    return Future.succeededFuture(Show.ok(view.get(), before));
  }

  /** Answers with what is found without blocking, or says that it is not there. */
  Future<Answer> now(Supplier<? extends Optional<?>> view, Supplier<Problem> notFound) {
    Position before = node.position();
    return Future.succeededFuture(found(view.get(), notFound, before));
  }

  /** Answers with what is found where it may block. */
  Future<Answer> blocking(Supplier<? extends Object> view) {
    Position before = node.position();
    return vertx
        .executeBlocking(() -> (Answer) Show.ok(view.get(), before), false)
        .recover(Reads::unreadable);
  }

  /** Answers where making the answer may block. */
  Future<Answer> answering(Supplier<Answer> answer) {
    return vertx.executeBlocking(answer::get, false).recover(Reads::unreadable);
  }

  /** Answers with what is found where it may block, or says that it is not there. */
  Future<Answer> blocking(Supplier<? extends Optional<?>> view, Supplier<Problem> notFound) {
    Position before = node.position();
    return vertx
        .executeBlocking(() -> found(view.get(), notFound, before), false)
        .recover(Reads::unreadable);
  }

  /** A store that is away for a moment is no fault of ours, and comes back. */
  static Future<Answer> unreadable(Throwable fault) {
    if (fault instanceof LogBehindException behind) {
      return Future.succeededFuture(
          Answer.problem(Problem.of(ProblemKind.NO_LEADER, behind.detail())));
    }
    boolean isStore =
        fault instanceof HistoryFailedException
            || fault instanceof ReceiptsFailedException
            || fault instanceof StoreFailedException;
    return isStore
        ? Future.succeededFuture(
            Answer.problem(Problem.of(ProblemKind.NO_LEADER, "The store cannot be read now.")))
        : Future.failedFuture(fault);
  }

  private static Answer found(Optional<?> view, Supplier<Problem> notFound, Position before) {
    return view.isPresent() ? Show.ok(view.get(), before) : Answer.problem(notFound.get(), before);
  }

  /** The part of a list that a call asks for. */
  static PageRequest page(Call call) {
    String after = call.query("after");
    Cursor cursor = null;
    if (after != null) {
      cursor =
          Cursor.parse(after)
              .orElseThrow(
                  () -> new InvalidCallException(Fault.query("after", "must be a page's next")));
    }
    int limit = (int) call.query("limit", PageRequest.DEFAULT_LIMIT);
    return new PageRequest(limit, cursor, "asc".equals(call.query("order")));
  }
}
