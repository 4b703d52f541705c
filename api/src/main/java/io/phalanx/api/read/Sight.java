package io.phalanx.api.read;

import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.view.MinerView;
import io.phalanx.scheduler.view.PublicMinerView;
import io.phalanx.scheduler.view.SettlementView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see of miners, their assignments and settlements.
 *
 * @param of how wide it is
 * @param name whose, when it is somebody's
 */
public record Sight(Of of, String name) {

  /** How wide a sight is. */
  public enum Of {
    /** Everything. */
    ALL,
    /** Everything but deployments and what becomes of them. */
    PAYOUT,
    /** What is an operator's; of others the public part. */
    OPERATOR,
    /** What is a miner's; of others the public part. */
    MINER,
    /** The public part. */
    PUBLIC
  }

  /** Everything. */
  public static final Sight ALL = new Sight(Of.ALL, "");

  /** Whether it shows what is that operator's or that miner's. */
  public boolean owns(String operator, String minerId) {
    return switch (of) {
      case ALL, PAYOUT -> true;
      case OPERATOR -> operator.equals(name);
      case MINER -> minerId.equals(name);
      case PUBLIC -> false;
    };
  }

  /** Whether it shows the miner whole. */
  boolean owns(Miner miner) {
    return owns(miner.operator(), miner.id().text());
  }

  private boolean owns(SettlementLine line) {
    return owns(line.operator(), line.minerId().text());
  }

  /** The miner whole, or its public part. */
  public Object shown(MinerView miner) {
    return owns(miner.operator(), miner.minerId().text()) ? miner : PublicMinerView.of(miner);
  }

  /** Whether it shows the settlement at all. */
  boolean sees(Settlement settlement) {
    return switch (of) {
      case ALL, PAYOUT -> true;
      case OPERATOR, MINER -> settlement.lines().stream().anyMatch(this::owns);
      case PUBLIC -> false;
    };
  }

  /** The settlement with the lines that are the caller's. */
  SettlementView shown(Settlement settlement, @Nullable SettlementSeal seal) {
    List<SettlementLine> own = settlement.lines().stream().filter(this::owns).toList();
    return SettlementView.of(settlement, seal, own);
  }

  /** Whether a stream of everything the caller may see tells of the change. */
  boolean sees(Change any) {
    if (of == Of.ALL) {
      return true;
    }
    if (any instanceof MinerChange change) {
      return owns(change.miner());
    }
    if (any instanceof SettlementChange change) {
      return sees(change.settlement());
    }
    if (any instanceof AssignmentChange change && of != Of.PAYOUT) {
      String operator = change.assignment().placement().operator();
      return owns(operator, change.assignment().minerId().text());
    }
    return false;
  }
}
