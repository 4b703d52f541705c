package io.phalanx.api.node;

import io.phalanx.cluster.NodeConfig;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.policy.Policy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries what the configuration says of the policy into the journal, where the policy lives. */
final class PolicySetting {
  private static final long LONGEST_MS = 30_000;
  private static final long PAUSE_MS = 5;

  private PolicySetting() {}

  static void apply(NodeConfig config, Engine engine, Writes writes)
      throws InterruptedException, ExecutionException {
    if (config.settlementPeriod().isEmpty()) {
      return;
    }
    Duration period = config.settlementPeriod().get();
    long deadline = System.nanoTime() + LONGEST_MS * 1_000_000;
    while (System.nanoTime() < deadline) {
      Policy policy = engine.replica().read(state -> state.policy());
      if (policy.gas().settlementPeriod().equals(period)) {
        return;
      }
      Policy wanted = policy.withSettlementPeriod(period);
      if (isDone(submit(config, writes, new ChangePolicy(wanted, policy.version())))) {
        return;
      }
      Thread.sleep(PAUSE_MS);
    }
    throw new ExecutionException("the settlement period was not taken", null);
  }

  private static boolean isDone(Reply reply) {
    return reply instanceof Reply.Decided decided && decided.outcome() instanceof Outcome.Done;
  }

  private static Reply submit(NodeConfig config, Writes writes, ChangePolicy command)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    ActAs asked = new ActAs(Caller.node(config.nodeId()), null, command);
    writes.submit(new Submission(asked, null, reply::complete));
    try {
      return reply.get(LONGEST_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException("the settlement period was not taken", e);
    }
  }
}
