package io.phalanx.scheduler.state;

import io.phalanx.scheduler.account.Earnings;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.EvidenceFile;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.unit.Amount;
import org.jspecify.annotations.Nullable;

/** A thing as it is after an event: what streams and the history are made of. */
public sealed interface Change {

  /** A deployment as it is now. */
  record DeploymentChange(Deployment deployment) implements Change {}

  /**
   * So much of a deployment's budget is used up.
   *
   * @param deployment as it is now
   * @param percent 80 or 100; at 100 it buys no more gas
   */
  record BudgetChange(Deployment deployment, int percent) implements Change {}

  /** An assignment as it is now, and whose deployment it belongs to. */
  record AssignmentChange(Assignment assignment, String developer) implements Change {}

  /** A miner and its fees as they are now. */
  record MinerChange(Miner miner, Earnings earnings) implements Change {}

  /** A quote as it is now. */
  record QuoteChange(Quote quote) implements Change {}

  /** A settlement as it is now. */
  record SettlementChange(Settlement settlement) implements Change {}

  /** A round that was committed. */
  record RoundChange(CommittedRound round) implements Change {}

  /** The evidence that a miner stands on. */
  record EvidenceChange(MinerId minerId, EvidenceFile file) implements Change {}

  /** Collateral that verdicts rest on. */
  record CollateralChange(Collateral collateral) implements Change {}

  /** What an admin did. */
  record AdminChange(AdminActed event) implements Change {}

  /**
   * A movement on a developer's available balance.
   *
   * @param developer whose
   * @param kind {@code deposit}, {@code withdrawal}, {@code hold}, {@code release} or {@code
   *     correction}
   * @param amount how much
   * @param balance what is available after it
   * @param deploymentId for which deployment, if for one
   * @param reference the payout layer's word for it, or the corrected receipt
   */
  record EntryChange(
      String developer,
      String kind,
      Amount amount,
      Amount balance,
      @Nullable DeploymentId deploymentId,
      @Nullable String reference)
      implements Change {}
}
