package io.phalanx.scheduler.command;

import io.phalanx.scheduler.command.QuoteCommand.RedeemQuote;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.command.QuoteCommand.WithdrawQuote;

/**
 * One method for each command about a quote: a forgotten one does not compile.
 *
 * @param <R> what handling comes to
 */
public interface QuoteCommandHandler<R> {

  /** Handles the command. */
  R handle(RequestQuote command);

  /** Handles the command. */
  R handle(RedeemQuote command);

  /** Handles the command. */
  R handle(WithdrawQuote command);
}
