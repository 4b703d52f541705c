package io.phalanx.scheduler.command;

import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.round.RoundPlan;

/** Something the service itself or its admin asks. */
public sealed interface SystemCommand extends Command {

  /**
   * This node becomes the writer.
   *
   * @param epoch its epoch
   * @param node its name
   */
  record TakeOver(long epoch, String node) implements SystemCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /** Time has passed: what is due happens. */
  record Tick() implements SystemCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * An admin changes the policy.
   *
   * @param policy the figures from now on; its version is set by the writer
   * @param expectedVersion the version it was made from
   */
  record ChangePolicy(Policy policy, long expectedVersion) implements SystemCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * An admin publishes collateral.
   *
   * @param collateral what it is, verified
   */
  record PublishCollateral(Collateral collateral) implements SystemCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A plan is ready.
   *
   * @param plan what the planner proposes
   */
  record CommitRound(RoundPlan plan) implements SystemCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * What had ended by then is in the history.
   *
   * @param upTo a journal position
   * @param keysUpTo a journal position for idempotency keys, not above upTo
   */
  record KeepHistory(long upTo, long keysUpTo) implements SystemCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
