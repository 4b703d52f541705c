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
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.id.KeyMark;
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

  /** Of all nodes that start at the same time only one makes it; there is always one later. */
  private static final KeyMark ONCE = KeyMark.of("first admin key", new byte[0]);

  private FirstKey() {}

  /** The key as its holder will present it, if this start had to make it. */
  static Optional<String> ensure(
      NodeConfig config, Engine engine, Writes writes, RandomGenerator secrets)
      throws InterruptedException, ExecutionException {
    boolean wanted =
        config.auth() == NodeConfig.Auth.KEYS
            && engine.replica().read(state -> state.access().keys().liveAdmins() == 0);
    if (!wanted) {
      return Optional.empty();
    }
    ApiKey key = ApiKey.draw(secrets);
    IssueKey issue = new IssueKey(key.id(), Role.ADMIN, NAME, key.secretHash(), null);
    boolean isFirst = submit(writes, new ActAs(Caller.node(config.nodeId()), null, issue));
    return isFirst ? Optional.of(key.text()) : Optional.empty();
  }

  /** Whether it was taken now; if not, another node that starts at the same time was quicker. */
  private static boolean submit(Writes writes, ActAs command)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Reply> replied = new CompletableFuture<>();
    writes.submit(new Submission(command, ONCE, replied::complete));
    try {
      Reply reply = replied.get(LONGEST_MS, TimeUnit.MILLISECONDS);
      if (reply instanceof Reply.Decided decided
          && decided.outcome() instanceof Outcome.Done done) {
        return !done.replayed();
      }
      throw new ExecutionException("the first admin key was not taken: " + reply, null);
    } catch (TimeoutException e) {
      throw new ExecutionException("the first admin key was not taken", e);
    }
  }
}
