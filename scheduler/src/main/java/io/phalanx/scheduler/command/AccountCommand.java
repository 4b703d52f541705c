package io.phalanx.scheduler.command;

import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.unit.Amount;

/** A movement between a developer's account and the world outside. */
public sealed interface AccountCommand extends Command {

  /** Whose account. */
  String developer();

  /**
   * Money comes in.
   *
   * @param developer whose account
   * @param amount how much
   * @param reference counts once
   * @param startingBalance what a developer unknown so far starts with
   */
  record Deposit(String developer, Amount amount, String reference, Amount startingBalance)
      implements AccountCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * Money goes out.
   *
   * @param developer whose account
   * @param amount how much
   * @param reference counts once
   * @param startingBalance what a developer unknown so far starts with
   */
  record Withdraw(String developer, Amount amount, String reference, Amount startingBalance)
      implements AccountCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A charge is taken back.
   *
   * @param charge what was charged, as its receipt has it
   * @param reason the admin's words
   */
  record CorrectCharge(CorrectedCharge charge, String reason) implements AccountCommand {
    @Override
    public String developer() {
      return charge.developer();
    }

    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
