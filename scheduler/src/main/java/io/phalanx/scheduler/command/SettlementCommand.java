package io.phalanx.scheduler.command;

import io.phalanx.scheduler.settlement.Payout;
import java.util.List;

/** Something the payout layer says of a settlement. */
public sealed interface SettlementCommand extends Command {

  /** Which settlement. */
  long number();

  /**
   * Its endpoint answered 2xx.
   *
   * @param number which
   */
  record MarkSettlementDelivered(long number) implements SettlementCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * It has paid.
   *
   * @param number which
   * @param reference its word for it
   * @param payouts what it paid for shares, if it says so
   */
  record AcknowledgeSettlement(long number, String reference, List<Payout> payouts)
      implements SettlementCommand {
    /** Copies the list. */
    public AcknowledgeSettlement {
      payouts = List.copyOf(payouts);
    }

    /** Without a word of payouts. */
    public AcknowledgeSettlement(long number, String reference) {
      this(number, reference, List.of());
    }

    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
