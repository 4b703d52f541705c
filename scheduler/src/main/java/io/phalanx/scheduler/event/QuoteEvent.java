package io.phalanx.scheduler.event;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.QuoteState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a quote. */
public sealed interface QuoteEvent extends Event {

  /** The quote. */
  QuoteId quoteId();

  /** Hands the event to the method that is for its type. */
  void accept(QuoteEventHandler handler, Moment moment);

  @Override
  default void accept(EventHandler handler, Moment moment) {
    handler.apply(this, moment);
  }

  /**
   * A developer wants a firm price; the budget is held.
   *
   * @param quoteId its name, from this event's position
   * @param developer whose it is
   * @param spec the deployment that it is for
   * @param validForMs how long it stands once it is offered
   * @param decideByMs void then unless a round has decided it, Unix milliseconds
   * @param key the idempotency key of the request, if it had one; it counts once it is offered
   */
  record QuoteRequested(
      QuoteId quoteId,
      String developer,
      DeploymentSpec spec,
      long validForMs,
      long decideByMs,
      @Nullable KeyMark key)
      implements QuoteEvent {
    @Override
    public void accept(QuoteEventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * A round won what it lacked: its miners are held at firm prices.
   *
   * @param quoteId the quote
   * @param placements what was won in this round; what it had already stays
   * @param expiresAtMs until when it stands, Unix milliseconds
   * @param round which round
   */
  record QuoteOffered(QuoteId quoteId, List<Placement> placements, long expiresAtMs, long round)
      implements QuoteEvent {

    /** Copies the list. */
    public QuoteOffered {
      placements = List.copyOf(placements);
    }

    @Override
    public void accept(QuoteEventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Miners that were held for it do not suit it any more; the next round is to replace them.
   *
   * @param quoteId the quote
   * @param lost who is not held any longer
   * @param decideByMs void then unless a round has replaced them, Unix milliseconds
   */
  record QuoteLostMiners(QuoteId quoteId, List<MinerId> lost, long decideByMs)
      implements QuoteEvent {

    /** Copies the list. */
    public QuoteLostMiners {
      lost = List.copyOf(lost);
    }

    @Override
    public void accept(QuoteEventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * It became a deployment, which follows with its offers: its miners are free for these, its
   * budget is given back and held again for the deployment.
   *
   * @param quoteId the quote
   * @param deploymentId the deployment
   */
  record QuoteRedeemed(QuoteId quoteId, DeploymentId deploymentId) implements QuoteEvent {
    @Override
    public void accept(QuoteEventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * It is over and became nothing: its miners are free, its budget is given back.
   *
   * @param quoteId the quote
   * @param as expired, withdrawn or void
   */
  record QuoteEnded(QuoteId quoteId, QuoteState as) implements QuoteEvent {
    @Override
    public void accept(QuoteEventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
