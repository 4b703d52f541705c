package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.placement.Eligibility;
import io.phalanx.scheduler.command.QuoteCommand;
import io.phalanx.scheduler.command.QuoteCommand.RedeemQuote;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.command.QuoteCommand.WithdrawQuote;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent;
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.policy.QuoteRules;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.round.QuoteFacts;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asking for a firm price, taking it, giving it back, and what befalls its miners. */
final class QuoteDecider {

  private static final long BETWEEN_LOOKS_MS = Duration.ofSeconds(1).toMillis();

  private final State state;
  private boolean touched;
  private long lastLookMs = Long.MIN_VALUE / 2;

  QuoteDecider(State state) {
    this.state = state;
  }

  /** The quote that was asked for under that key and that no round has decided yet. */
  Optional<Quote> underWay(String developer, @Nullable KeyMark key) {
    return key == null
        ? Optional.empty()
        : openOf(developer).stream()
            .filter(quote -> quote.state() == QuoteState.REQUESTED)
            .filter(quote -> quote.key() != null && quote.key().scope().equals(key.scope()))
            .findFirst();
  }

  Decision decide(RequestQuote command, @Nullable KeyMark key, long atMs) {
    Optional<Rejection> over = quota(command);
    if (over.isPresent()) {
      return new Decision.Refused(over.get());
    }
    List<Event> events = new ArrayList<>();
    Amount available =
        AccountDecider.startingBalance(
            state, command.developer(), command.startingBalance(), events);
    Amount budget = command.spec().budget();
    if (available.compareTo(budget) < 0) {
      return new Decision.Refused(DeploymentDecider.shortOf(budget, available));
    }
    QuoteRules rules = rules();
    long longestMs = rules.longest().toMillis();
    long validForMs = command.validFor() == null ? longestMs : command.validFor().toMillis();
    events.add(
        new QuoteRequested(
            QuoteId.at(state.position() + events.size() + 1),
            command.developer(),
            command.spec(),
            validForMs,
            atMs + rules.decision().toMillis(),
            key));
    return accept(events);
  }

  private Optional<Rejection> quota(RequestQuote command) {
    QuoteRules rules = rules();
    if (command.validFor() != null && command.validFor().compareTo(rules.longest()) > 0) {
      return Optional.of(
          Rejection.field(
              Refusal.VALUE_IS_INVALID, "/validFor", "must be at most " + rules.longest()));
    }
    Collection<Quote> open = openOf(command.developer());
    if (open.size() >= rules.openPerDeveloper()) {
      return Optional.of(
          Rejection.of(
              Refusal.TOO_MANY_QUOTES,
              "At most " + rules.openPerDeveloper() + " quotes may be open at a time."));
    }
    int miners = open.stream().mapToInt(Quote::miners).sum() + command.spec().replicas();
    return miners > rules.minersPerDeveloper()
        ? Optional.of(
            Rejection.of(
                Refusal.TOO_MANY_QUOTES,
                "Open quotes may hold at most " + rules.minersPerDeveloper() + " miners."))
        : Optional.empty();
  }

  private Collection<Quote> openOf(String developer) {
    return state.quotes().open().stream()
        .filter(quote -> quote.developer().equals(developer))
        .toList();
  }

  private QuoteRules rules() {
    return state.policy().quotes();
  }

  private Optional<Quote> own(QuoteCommand command, QuoteId id) {
    return state.quotes().find(id).filter(q -> q.developer().equals(command.developer()));
  }

  private static Decision notFound(QuoteId id) {
    return refuse(Refusal.QUOTE_NOT_FOUND, "There is no quote " + id + ".");
  }

  Decision decide(WithdrawQuote command) {
    Optional<Quote> found = own(command, command.quoteId());
    if (found.isEmpty()) {
      return notFound(command.quoteId());
    }
    return switch (found.get().state()) {
      case REQUESTED, OFFERED, LACKING ->
          accept(new QuoteEnded(command.quoteId(), QuoteState.WITHDRAWN));
      case EXPIRED, WITHDRAWN, VOID -> accept(); // repeating it answers the same
      case REDEEMED ->
          refuse(
              Refusal.QUOTE_WAS_REDEEMED,
              "It was redeemed for " + found.get().deploymentId() + "; delete that.");
    };
  }

  Decision decide(RedeemQuote command, long atMs) {
    Optional<Quote> found = own(command, command.quoteId());
    if (found.isEmpty()) {
      return notFound(command.quoteId());
    }
    Quote quote = found.get();
    return switch (quote.state()) {
      case OFFERED ->
          quote.placements().stream().allMatch(placement -> suits(quote, placement, atMs))
              ? accept(redemption(quote, command, atMs))
              : beingReplaced();
      case REQUESTED, LACKING -> beingReplaced();
      case REDEEMED ->
          refuse(
              Refusal.QUOTE_HAS_EXPIRED,
              "It was redeemed before, for " + quote.deploymentId() + ".");
      case EXPIRED -> refuse(Refusal.QUOTE_HAS_EXPIRED, "It has expired; ask for another.");
      case WITHDRAWN -> refuse(Refusal.QUOTE_HAS_EXPIRED, "It was given back; ask for another.");
      case VOID ->
          refuse(
              Refusal.QUOTE_HAS_EXPIRED,
              "One of its miners was lost, and none could replace it; ask for another.");
    };
  }

  private static Decision beingReplaced() {
    return refuse(
        Refusal.QUOTE_IS_NOT_READY,
        "The next round is to find a miner for it; try again in a moment.");
  }

  private List<Event> redemption(Quote quote, RedeemQuote command, long atMs) {
    long position = state.position() + 1;
    DeploymentId id = DeploymentId.at(position + 1);
    long acknowledgeByMs = atMs + state.policy().assignments().acknowledgement().toMillis();
    List<Event> events = new ArrayList<>();
    events.add(new QuoteRedeemed(quote.id(), id));
    events.add(new DeploymentCreated(id, quote.developer(), named(quote, command), null));
    for (Placement placement : quote.placements()) {
      events.add(
          new AssignmentOffered(
              AssignmentId.at(position + events.size()),
              id,
              asOfNow(placement, events.size() - 2),
              acknowledgeByMs,
              null));
    }
    return events;
  }

  private static DeploymentSpec named(Quote quote, RedeemQuote command) {
    DeploymentSpec spec = quote.spec();
    String name = command.name();
    return spec.called(
        name == null ? spec.name() : name,
        command.labels() == null ? spec.labels() : command.labels());
  }

  /** The price is firm; what else the miner is stands as it is now. */
  private Placement asOfNow(Placement placement, int replica) {
    Miner miner = state.miners().known(placement.minerId());
    return new Placement(
        replica,
        miner.id(),
        miner.evidence().tier(),
        miner.performance(),
        miner.operator(),
        miner.region(),
        placement.gasPrice(),
        placement.points());
  }

  /** Whether a miner that is held for a quote may still run what it is held for, at its price. */
  private boolean suits(Quote quote, Placement placement, long atMs) {
    Miner miner = state.miners().known(placement.minerId());
    return miner.isPlaceableAt(atMs)
        && quote.id().holder().equals(miner.standing().reservedFor())
        && miner.gasPrice().compareTo(placement.gasPrice()) <= 0
        && Eligibility.accepts(
            QuoteFacts.wish(quote), new PlacementFacts(state, atMs).reserved(miner));
  }

  /** An event may have made a miner unfit that is held for a quote. */
  void saw(Event event) {
    touched |= event instanceof MinerEvent && state.quotes().isAnyOpen();
  }

  /** Whether to look for losses: after something about miners, and as evidence expires unsaid. */
  boolean mayHaveLost(boolean isTick, long atMs) {
    boolean due = isTick && Math.abs(atMs - lastLookMs) >= BETWEEN_LOOKS_MS;
    if (!state.quotes().isAnyOpen() || !(touched || due)) {
      return false;
    }
    touched = false;
    lastLookMs = atMs;
    return true;
  }

  /** What befell quotes whose miners do not suit any more. */
  List<QuoteLostMiners> losses(long atMs) {
    List<QuoteLostMiners> losses = new ArrayList<>();
    for (Quote quote : state.quotes().open()) {
      List<MinerId> lost =
          quote.placements().stream()
              .filter(placement -> !suits(quote, placement, atMs))
              .map(Placement::minerId)
              .toList();
      if (!lost.isEmpty()) {
        long decideByMs = atMs + rules().decision().toMillis();
        losses.add(new QuoteLostMiners(quote.id(), lost, decideByMs));
      }
    }
    return losses;
  }

  /** It was not redeemed in time, or no round has decided it. */
  QuoteEnded fire(QuoteId id, long atMs) {
    Quote quote = state.quotes().known(id);
    Long expiresAtMs = quote.standing().expiresAtMs();
    boolean expired = expiresAtMs != null && expiresAtMs <= atMs;
    return new QuoteEnded(id, expired ? QuoteState.EXPIRED : QuoteState.VOID);
  }
}
