package io.phalanx.api.node;

import io.phalanx.api.auth.ApiKey;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** The key that all others begin with: made by the first start that asks for keys. */
final class FirstKey {
  private static final long LONGEST_MS = 30_000;
  private static final String NAME = "admin";

  private FirstKey() {}

  /** The key as its holder will present it, if this start had to make it. */
  static Optional<String> ensure(NodeConfig config, Engine engine, RandomGenerator secrets)
      throws InterruptedException, ExecutionException {
    boolean wanted =
        config.auth() == NodeConfig.Auth.KEYS
            && engine.sequencer().isLeading() // of several nodes one makes it
            && engine.replica().read(state -> state.access().keys().liveAdmins() == 0);
    if (!wanted) {
      return Optional.empty();
    }
    ApiKey key = ApiKey.draw(secrets);
    IssueKey issue = new IssueKey(key.id(), Role.ADMIN, NAME, key.secretHash(), null);
    submit(engine, new ActAs(Caller.node(config.nodeId()), null, issue));
    return Optional.of(key.text());
  }

  private static void submit(Engine engine, ActAs command)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Reply> replied = new CompletableFuture<>();
    engine.sequencer().submit(new Submission(command, null, replied::complete));
    try {
      Reply reply = replied.get(LONGEST_MS, TimeUnit.MILLISECONDS);
      if (!(reply instanceof Reply.Decided decided)
          || !(decided.outcome() instanceof Outcome.Done)) {
        throw new ExecutionException("the first admin key was not taken: " + reply, null);
      }
    } catch (TimeoutException e) {
      throw new ExecutionException("the first admin key was not taken", e);
    }
  }
}
