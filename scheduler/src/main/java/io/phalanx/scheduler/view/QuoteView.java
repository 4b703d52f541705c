package io.phalanx.scheduler.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.unit.Timestamps;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quote as its developer sees it, before it is signed.
 *
 * @param id its name
 * @param developer whose it is
 * @param state where it stands
 * @param replicas the miners that are held for it, each with its price; none before it is offered
 * @param request what it was asked for
 * @param createdAt when it was asked for
 * @param expiresAt until when it stands; none before it is offered
 */
public record QuoteView(
    QuoteId id,
    String developer,
    QuoteState state,
    List<Line> replicas,
    Request request,
    String createdAt,
    @Nullable String expiresAt)
    implements Answer {

  /**
   * A miner that is held.
   *
   * @param minerId which
   * @param tier its tier
   * @param gasPrice what a unit of gas costs on it, pico-PHA
   */
  public record Line(MinerId minerId, int tier, GasPrice gasPrice) {}

  /**
   * What was asked for.
   *
   * @param spec the deployment request, its fields shown beside the next
   * @param validFor how long the quote stands once it is offered
   */
  public record Request(@JsonUnwrapped DeploymentSpec spec, IsoDuration validFor) {}

  /** The quote as it stands. */
  public static QuoteView of(Quote quote) {
    Long expiresAtMs = quote.standing().expiresAtMs();
    return new QuoteView(
        quote.id(),
        quote.developer(),
        quote.state(),
        quote.placements().stream().map(QuoteView::line).toList(),
        new Request(quote.spec(), IsoDuration.of(Duration.ofMillis(quote.validForMs()))),
        Timestamps.text(quote.requestedAtMs()),
        expiresAtMs == null ? null : Timestamps.text(expiresAtMs));
  }

  private static Line line(Placement placement) {
    return new Line(placement.minerId(), placement.tier(), placement.gasPrice());
  }
}
