package io.phalanx.scheduler.command;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Proof;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something about a miner. */
public sealed interface MinerCommand extends Command {

  /** The miner. */
  MinerId minerId();

  /**
   * A miner joins. Its evidence has been verified.
   *
   * @param minerId its public key
   * @param operator who owns it
   * @param region where it says it is
   * @param stake what is bound for it
   * @param performance its benchmark score P
   * @param gasPrice its ask
   * @param evidence what its attestation proved
   * @param proof what comes with it from who verified it; none for a declared tier
   */
  record RegisterMiner(
      MinerId minerId,
      String operator,
      String region,
      Amount stake,
      int performance,
      GasPrice gasPrice,
      Evidence evidence,
      @Nullable Proof proof)
      implements MinerCommand {

    /** With a declared tier. */
    @SuppressWarnings("checkstyle:ParameterNumber") // the record's own components but for one
    public RegisterMiner(
        MinerId minerId,
        String operator,
        String region,
        Amount stake,
        int performance,
        GasPrice gasPrice,
        Evidence evidence) {
      this(minerId, operator, region, stake, performance, gasPrice, evidence, null);
    }

    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A Stopped miner takes part.
   *
   * @param minerId the miner
   */
  record StartMiner(MinerId minerId) implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A miner leaves; its cool-down begins.
   *
   * @param minerId the miner
   */
  record StopMiner(MinerId minerId) implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * Changes ask and region, unless Active.
   *
   * @param minerId the miner
   * @param region its new region, if it changes
   * @param gasPrice its new ask, if it changes
   */
  record ChangeMinerTerms(MinerId minerId, @Nullable String region, @Nullable GasPrice gasPrice)
      implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * New evidence of its tier, verified.
   *
   * @param minerId the miner
   * @param evidence what it proves
   * @param proof what comes with it from who verified it; none for a declared tier
   */
  record RenewEvidence(MinerId minerId, Evidence evidence, @Nullable Proof proof)
      implements MinerCommand {

    /** With a declared tier. */
    public RenewEvidence(MinerId minerId, Evidence evidence) {
      this(minerId, evidence, null);
    }

    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * The evidence that a miner stands on was judged again.
   *
   * @param minerId the miner
   * @param evidence what it proves now, or that it has lapsed
   * @param reason why it was judged again
   */
  record ReviewEvidence(MinerId minerId, Evidence evidence, TierChangeReason reason)
      implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * The payout layer states what is bound for a miner.
   *
   * @param minerId the miner
   * @param amount its stake now
   * @param reference the payout layer's word for it
   */
  record StateStake(MinerId minerId, Amount amount, String reference) implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * No new work for a miner.
   *
   * @param minerId the miner
   * @param by who asks
   * @param reason why
   * @param drainWithin within which time its contract ends there; none: it may go on
   */
  record CordonMiner(MinerId minerId, String by, String reason, @Nullable Duration drainWithin)
      implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * Work again for a miner.
   *
   * @param minerId the miner
   */
  record UncordonMiner(MinerId minerId) implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A sign of life.
   *
   * @param minerId the miner
   * @param sequence rises from one to the next
   * @param performance its score now, if it measured
   */
  record Heartbeat(MinerId minerId, long sequence, @Nullable Integer performance)
      implements MinerCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
