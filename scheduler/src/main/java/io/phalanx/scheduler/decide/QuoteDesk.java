package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.command.QuoteCommand.RedeemQuote;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.command.QuoteCommand.WithdrawQuote;
import io.phalanx.scheduler.command.QuoteCommandHandler;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.view.Answer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a command about a quote under its idempotency key. */
final class QuoteDesk implements QuoteCommandHandler<QuoteDesk.Settled> {

  private final State state;
  private final QuoteDecider quotes;
  private final Answers answers;
  private final @Nullable KeyMark key;
  private final long atMs;

  QuoteDesk(State state, QuoteDecider quotes, Answers answers, @Nullable KeyMark key, long atMs) {
    this.state = state;
    this.quotes = quotes;
    this.answers = answers;
    this.key = key;
    this.atMs = atMs;
  }

  /**
   * What comes of a command.
   *
   * @param answer to be asked once the decision's events have been applied
   * @param key to be remembered with the answer, if one is
   */
  record Settled(Decision decision, Supplier<Answer> answer, @Nullable KeyMark key) {}

  /** A second request under a key waits for the first; only what is offered is remembered. */
  @Override
  public Settled handle(RequestQuote command) {
    Optional<Quote> first = quotes.underWay(command.developer(), key);
    if (first.isEmpty()) {
      Decision decision = quotes.decide(command, key, atMs);
      return new Settled(decision, () -> answers.quote(QuoteId.at(state.position())), null);
    }
    KeyMark used = first.get().key();
    boolean same = used != null && key != null && used.hasBodyOf(key);
    Decision decision = same ? Decision.accept() : new Decision.Refused(anotherRequest());
    return new Settled(decision, () -> answers.quote(first.get().id()), null);
  }

  /** The answer is more than the deployment's creation tells, so the key is kept with it. */
  @Override
  public Settled handle(RedeemQuote command) {
    Decision decision = quotes.decide(command, atMs);
    return new Settled(decision, () -> answers.redeemed(command.quoteId()), key);
  }

  @Override
  public Settled handle(WithdrawQuote command) {
    Decision decision = quotes.decide(command);
    return new Settled(decision, () -> answers.quote(command.quoteId()), key);
  }

  static Rejection anotherRequest() {
    return Rejection.of(
        Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST,
        "This Idempotency-Key came with another request body before.");
  }
}
