package io.phalanx.scheduler.command;

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
   */
  record AcknowledgeSettlement(long number, String reference) implements SettlementCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
