package io.phalanx.scheduler.command;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.unit.Amount;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Something about a quote. */
public sealed interface QuoteCommand extends Command {

  /** Whose quote. */
  String developer();

  /** Hands the command to the method that is for its type. */
  <R> R accept(QuoteCommandHandler<R> handler);

  @Override
  default <R> R accept(CommandHandler<R> handler) {
    return handler.handle(this);
  }

  /**
   * A developer wants a firm price.
   *
   * @param developer whose it is
   * @param spec the deployment that it is for
   * @param validFor how long it shall stand; none: as long as the policy allows
   * @param startingBalance what a developer unknown so far starts with
   */
  record RequestQuote(
      String developer, DeploymentSpec spec, @Nullable Duration validFor, Amount startingBalance)
      implements QuoteCommand {
    @Override
    public <R> R accept(QuoteCommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A developer takes the offer.
   *
   * @param developer who asks
   * @param quoteId which
   * @param name of the deployment; none: that of the quote's request
   * @param labels of the deployment; none: those of the quote's request
   */
  record RedeemQuote(
      String developer,
      QuoteId quoteId,
      @Nullable String name,
      @Nullable SortedMap<String, String> labels)
      implements QuoteCommand {
    @Override
    public <R> R accept(QuoteCommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A developer gives a quote back.
   *
   * @param developer who asks
   * @param quoteId which
   */
  record WithdrawQuote(String developer, QuoteId quoteId) implements QuoteCommand {
    @Override
    public <R> R accept(QuoteCommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
