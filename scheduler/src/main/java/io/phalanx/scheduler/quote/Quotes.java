package io.phalanx.scheduler.quote;

import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.QuoteEvent;
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All quotes that are open or ended lately. {@code apply} only writes and never refuses. */
public final class Quotes {

  private final Map<QuoteId, Quote> byId = new HashMap<>();
  private final NavigableMap<Long, QuoteId> byPosition = new TreeMap<>();
  private final NavigableMap<Long, QuoteId> open = new TreeMap<>();
  private final NavigableMap<Long, QuoteId> competing = new TreeMap<>();
  private final NavigableMap<Long, QuoteId> endedAt = new TreeMap<>();
  private int reserved;

  /** Takes over quotes from a snapshot. */
  public void restore(List<Quote> quotes) {
    quotes.forEach(this::put);
  }

  /** All quotes in the order of their requests, for a snapshot. */
  public List<Quote> image() {
    return byPosition.values().stream().map(this::known).toList();
  }

  /** The quote of that name. */
  public Optional<Quote> find(QuoteId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The quote of that name, which the journal says exists. */
  public Quote known(QuoteId id) {
    Quote quote = byId.get(id);
    if (quote == null) {
      throw new CorruptStateException("no quote " + id);
    }
    return quote;
  }

  /** Names of all by the position of their requests. */
  public NavigableMap<Long, QuoteId> inOrder() {
    return Collections.unmodifiableNavigableMap(byPosition);
  }

  /** How many are not over. */
  public int openCount() {
    return open.size();
  }

  /** Those that are not over, in the order of their requests. */
  public Collection<Quote> open() {
    return all(open);
  }

  /** Those that take part in the next round, in the order of their requests. */
  public Collection<Quote> competing() {
    return all(competing);
  }

  /** Whether any is not over. */
  public boolean isAnyOpen() {
    return !open.isEmpty();
  }

  private Collection<Quote> all(NavigableMap<Long, QuoteId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Quote> quotes = new ArrayList<>(ids.size());
    ids.values().forEach(id -> quotes.add(known(id)));
    return quotes;
  }

  /** Those that are over, by the position of their end. */
  public NavigableMap<Long, QuoteId> ended() {
    return Collections.unmodifiableNavigableMap(endedAt);
  }

  /** How many miners are held for quotes. */
  public int reserved() {
    return reserved;
  }

  /** It was asked for. */
  public Quote apply(QuoteRequested event, Moment moment) {
    if (byId.containsKey(event.quoteId())) {
      throw new CorruptStateException(event, moment, "the quote exists");
    }
    return put(Quote.requested(event, moment));
  }

  /** A round won what it lacked. */
  public Quote apply(QuoteOffered event, Moment moment) {
    Quote quote = moving(event, QuoteState.OFFERED, moment);
    List<Placement> held = new ArrayList<>(quote.placements());
    held.addAll(event.placements());
    long until = event.expiresAtMs();
    Quote.Standing now = new Quote.Standing(moment.position(), until, until);
    return put(quote.moved(QuoteState.OFFERED, held, List.of(), now));
  }

  /** Miners that were held for it are gone. */
  public Quote apply(QuoteLostMiners event, Moment moment) {
    Quote quote = known(event.quoteId());
    if (quote.state() != QuoteState.LACKING) {
      moving(event, QuoteState.LACKING, moment);
    }
    List<GasPrice> lost = new ArrayList<>(quote.lostPrices());
    lost.addAll(quote.pricesOf(event.lost()));
    Quote.Standing now =
        new Quote.Standing(moment.position(), event.decideByMs(), quote.standing().expiresAtMs());
    return put(quote.moved(QuoteState.LACKING, quote.without(event.lost()), lost, now));
  }

  /** It became a deployment. */
  public Quote apply(QuoteRedeemed event, Moment moment) {
    Quote quote = moving(event, QuoteState.REDEEMED, moment);
    return put(quote.redeemed(event.deploymentId(), ended(quote, moment)));
  }

  /** It is over, and became nothing. */
  public Quote apply(QuoteEnded event, Moment moment) {
    Quote quote = moving(event, event.as(), moment);
    return put(
        quote.moved(event.as(), quote.placements(), quote.lostPrices(), ended(quote, moment)));
  }

  private static Quote.Standing ended(Quote quote, Moment moment) {
    return new Quote.Standing(moment.position(), moment.atMs(), quote.standing().expiresAtMs());
  }

  private Quote moving(QuoteEvent event, QuoteState next, Moment moment) {
    Quote quote = known(event.quoteId());
    if (!quote.state().canBecome(next)) {
      throw new CorruptStateException(event, moment, "the quote is " + quote.state());
    }
    return quote;
  }

  /** Forgets a quote that is in the history. */
  public void forget(QuoteId id) {
    Quote quote = known(id);
    byId.remove(id);
    byPosition.remove(quote.requestedPosition());
    endedAt.remove(quote.standing().position());
  }

  private Quote put(Quote quote) {
    Quote before = byId.put(quote.id(), quote);
    reserved += heldFor(quote) - (before == null ? 0 : heldFor(before));
    Long position = quote.requestedPosition();
    byPosition.put(position, quote.id());
    keep(open, position, quote, !quote.state().isEnded());
    keep(competing, position, quote, quote.state().competes());
    keep(endedAt, quote.standing().position(), quote, quote.state().isEnded());
    return quote;
  }

  private static int heldFor(Quote quote) {
    return quote.state().isEnded() ? 0 : quote.placements().size();
  }

  private static void keep(
      NavigableMap<Long, QuoteId> ids, Long position, Quote quote, boolean belongs) {
    if (belongs) {
      ids.put(position, quote.id());
    } else {
      ids.remove(position);
    }
  }
}
