package io.phalanx.scheduler.quote;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A firm price for a deployment that may come.
 *
 * @param id its name
 * @param developer whose it is
 * @param requestedPosition the journal position of its request; orders it among those that wait
 * @param requestedAtMs when it was asked for, Unix milliseconds
 * @param spec the deployment that it is for
 * @param validForMs how long it stands once it is offered
 * @param key the idempotency key of its request, which counts once it is offered
 * @param state where it stands
 * @param placements the miners that are held for it, at which price; of one that is over those that
 *     were
 * @param lostPrices what the miners that it has lost would have cost
 * @param standing since when it stands so, and for how long
 * @param deploymentId what it was redeemed for
 */
public record Quote(
    QuoteId id,
    String developer,
    long requestedPosition,
    long requestedAtMs,
    DeploymentSpec spec,
    long validForMs,
    @Nullable KeyMark key,
    QuoteState state,
    List<Placement> placements,
    List<GasPrice> lostPrices,
    Standing standing,
    @Nullable DeploymentId deploymentId) {

  /**
   * Since when it stands as it does.
   *
   * @param position the journal position of its last move
   * @param dueMs when it is void unless a round has decided it, or expires, Unix milliseconds
   * @param expiresAtMs when it expires, Unix milliseconds; none before it is offered
   */
  public record Standing(long position, long dueMs, @Nullable Long expiresAtMs) {}

  /** A quote just after it was asked for. */
  static Quote requested(QuoteRequested event, Moment moment) {
    return new Quote(
        event.quoteId(),
        event.developer(),
        moment.position(),
        moment.atMs(),
        event.spec(),
        event.validForMs(),
        event.key(),
        QuoteState.REQUESTED,
        List.of(),
        List.of(),
        new Standing(moment.position(), event.decideByMs(), null),
        null);
  }

  /** Copies the lists. */
  public Quote {
    placements = List.copyOf(placements);
    lostPrices = List.copyOf(lostPrices);
  }

  /** How many miners it needs from the next round: all that it asks for, or all that it lost. */
  public int lacking() {
    return switch (state) {
      case REQUESTED -> spec.replicas();
      case LACKING -> lostPrices.size();
      case OFFERED, REDEEMED, EXPIRED, WITHDRAWN, VOID -> 0;
    };
  }

  /** The fewest of these with which it can be offered. */
  public int required() {
    return state == QuoteState.REQUESTED ? spec.minReplicas() : lacking();
  }

  /** The most it pays for a unit of gas: for what it has lost, no more than it was to cost. */
  public GasPrice highestPrice() {
    return lostPrices.stream().min(Comparator.naturalOrder()).orElse(spec.maxGasPrice());
  }

  /** How many miners it takes up of what a developer may hold. */
  public int miners() {
    return state == QuoteState.REQUESTED ? spec.replicas() : placements.size() + lacking();
  }

  /** Whether that miner is held for it. */
  public boolean holds(MinerId miner) {
    return !state.isEnded()
        && placements.stream().anyMatch(placement -> placement.minerId().equals(miner));
  }

  Quote moved(QuoteState next, List<Placement> held, List<GasPrice> lost, Standing now) {
    return new Quote(
        id,
        developer,
        requestedPosition,
        requestedAtMs,
        spec,
        validForMs,
        key,
        next,
        held,
        lost,
        now,
        deploymentId);
  }

  Quote redeemed(DeploymentId redeemedFor, Standing now) {
    return new Quote(
        id,
        developer,
        requestedPosition,
        requestedAtMs,
        spec,
        validForMs,
        key,
        QuoteState.REDEEMED,
        placements,
        lostPrices,
        now,
        redeemedFor);
  }

  /** What is held for it but for those miners. */
  List<Placement> without(Collection<MinerId> lost) {
    return placements.stream().filter(placement -> !lost.contains(placement.minerId())).toList();
  }

  /** What those of its miners were to cost. */
  List<GasPrice> pricesOf(Collection<MinerId> lost) {
    return placements.stream()
        .filter(placement -> lost.contains(placement.minerId()))
        .map(Placement::gasPrice)
        .toList();
  }
}
