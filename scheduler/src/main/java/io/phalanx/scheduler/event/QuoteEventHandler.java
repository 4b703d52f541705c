package io.phalanx.scheduler.event;

import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;

/** One method for each event of a quote: a forgotten one does not compile. */
public interface QuoteEventHandler {

  /** Takes in the event. */
  void apply(QuoteRequested event, Moment moment);

  /** Takes in the event. */
  void apply(QuoteOffered event, Moment moment);

  /** Takes in the event. */
  void apply(QuoteLostMiners event, Moment moment);

  /** Takes in the event. */
  void apply(QuoteRedeemed event, Moment moment);

  /** Takes in the event. */
  void apply(QuoteEnded event, Moment moment);
}
