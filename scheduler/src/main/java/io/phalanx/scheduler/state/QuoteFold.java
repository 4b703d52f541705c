package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
import io.phalanx.scheduler.event.QuoteEventHandler;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.QuoteChange;

/** Spreads what concerns quotes over quotes, miners, money and timers. */
final class QuoteFold implements QuoteEventHandler {

  private final State state;
  private final MoneyFold accounts;
  private final ChangeListener listener;

  QuoteFold(State state, MoneyFold accounts, ChangeListener listener) {
    this.state = state;
    this.accounts = accounts;
    this.listener = listener;
  }

  @Override
  public void apply(QuoteRequested event, Moment moment) {
    Quote quote = state.quotes().apply(event, moment);
    accounts.hold(quote, moment);
    await(quote, event.decideByMs());
    tell(quote, moment);
  }

  @Override
  public void apply(QuoteOffered event, Moment moment) {
    Quote quote = state.quotes().apply(event, moment);
    for (Placement placement : event.placements()) {
      state.miners().reserve(placement.minerId(), quote.id().holder());
      tell(placement.minerId(), moment);
    }
    await(quote, event.expiresAtMs());
    tell(quote, moment);
  }

  @Override
  public void apply(QuoteLostMiners event, Moment moment) {
    Quote quote = state.quotes().apply(event, moment);
    event.lost().forEach(miner -> free(miner, quote, moment));
    Long expiresAtMs = quote.standing().expiresAtMs();
    long dueMs = event.decideByMs();
    await(quote, expiresAtMs == null ? dueMs : Math.min(dueMs, expiresAtMs));
    tell(quote, moment);
  }

  @Override
  public void apply(QuoteRedeemed event, Moment moment) {
    end(state.quotes().apply(event, moment), moment);
  }

  @Override
  public void apply(QuoteEnded event, Moment moment) {
    end(state.quotes().apply(event, moment), moment);
  }

  private void end(Quote quote, Moment moment) {
    quote.placements().forEach(placement -> free(placement.minerId(), quote, moment));
    accounts.release(quote, moment);
    state.timers().clear(TimerKind.QUOTE, quote.id().text());
    tell(quote, moment);
  }

  private void await(Quote quote, long dueMs) {
    state.timers().set(TimerKind.QUOTE, quote.id().text(), dueMs);
  }

  /** One that has begun its cool-down is free already. */
  private void free(MinerId miner, Quote quote, Moment moment) {
    if (quote.id().holder().equals(state.miners().known(miner).standing().reservedFor())) {
      state.miners().reserve(miner, null);
      tell(miner, moment);
    }
  }

  private void tell(Quote quote, Moment moment) {
    listener.changed(moment, new QuoteChange(quote));
  }

  private void tell(MinerId id, Moment moment) {
    listener.changed(moment, new MinerChange(state.miners().known(id), state.ledger().of(id)));
  }
}
