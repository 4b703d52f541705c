package io.phalanx.scheduler.decide;

import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Objective;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.QuoteEvent;
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.round.DropReason;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.QuoteFacts;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a plan against the state of this moment, line by line; what fits commits by deployment.
 */
final class RoundDecider {

  private final State state;

  RoundDecider(State state) {
    this.state = state;
  }

  /**
   * What became of a plan's lines.
   *
   * @param offers what is committed
   * @param reservations what is held for quotes
   * @param dropped what is neither, and why
   */
  record Checked(
      List<PlannedOffer> offers, List<Reservation> reservations, List<DroppedLine> dropped) {}

  /** A slot that will be offered, before its position is known. */
  record PlannedOffer(PlannedLine line, Placement placement, @Nullable AssignmentId replaces) {}

  /** What a quote has won. */
  record Reservation(Quote quote, List<PlannedOffer> offers) {}

  /** Checks all lines; the state must not change until the offers are made. */
  Checked check(List<PlannedLine> lines, long atMs) {
    Checked checked = new Checked(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Scale scale = Scale.of(state, atMs);
    Set<MinerId> taken = new TreeSet<>();
    Map<DeploymentId, List<PlannedLine>> byDeployment = new LinkedHashMap<>();
    for (PlannedLine line : lines) {
      byDeployment.computeIfAbsent(line.deploymentId(), id -> new ArrayList<>()).add(line);
    }
    Map<Quote, List<PlannedLine>> byQuote = new LinkedHashMap<>();
    byDeployment.forEach(
        (id, own) ->
            state
                .quotes()
                .find(new QuoteId(id.text()))
                .ifPresentOrElse(
                    quote -> byQuote.put(quote, own),
                    () -> checkDeployment(own, taken, checked, scale)));
    byQuote.forEach((quote, own) -> checkQuote(quote, own, taken, checked, scale));
    return checked;
  }

  private void checkDeployment(
      List<PlannedLine> lines, Set<MinerId> taken, Checked checked, Scale scale) {
    Optional<Deployment> found = state.deployments().find(lines.get(0).deploymentId());
    if (found.isEmpty() || found.get().isEnded()) {
      dropAll(lines, DropReason.DEPLOYMENT_ENDED, checked);
      return;
    }
    Deployment deployment = found.get();
    if (deployment.lacking() == 0) {
      dropAll(lines, DropReason.SLOT_TAKEN, checked);
      return;
    }
    Bidder bidder = Bidder.of(deployment, scale.facts().demand(deployment));
    List<PlannedOffer> offers = checkLines(bidder, lines, taken, checked, scale);
    if (offers.size() < Math.min(deployment.lacking(), deployment.required())) {
      dropOffers(offers, DropReason.MIN_REPLICAS, checked);
    } else {
      offers.forEach(offer -> taken.add(offer.placement().minerId()));
      checked.offers().addAll(offers);
    }
  }

  /** After all deployments: what they take is not Idle any more, which bounds what may be held. */
  private void checkQuote(
      Quote quote, List<PlannedLine> lines, Set<MinerId> taken, Checked checked, Scale scale) {
    if (!quote.state().competes()) {
      dropAll(lines, DropReason.DEPLOYMENT_ENDED, checked);
      return;
    }
    Bidder bidder = Bidder.of(quote, QuoteFacts.demand(quote, scale.atMs()));
    List<PlannedOffer> offers = checkLines(bidder, lines, taken, checked, scale);
    int held = checked.reservations().stream().mapToInt(won -> won.offers().size()).sum();
    long most = mostHeld(checked.offers().size());
    if (offers.size() < quote.required()) {
      dropOffers(offers, DropReason.MIN_REPLICAS, checked);
    } else if (state.quotes().reserved() + held + offers.size() > most) {
      dropOffers(offers, DropReason.QUOTA, checked);
    } else {
      offers.forEach(offer -> taken.add(offer.placement().minerId()));
      checked.reservations().add(new Reservation(quote, offers));
    }
  }

  /** How many miners may be held for quotes once that many have got a contract. */
  private long mostHeld(int offers) {
    long idle = (long) state.miners().idle().size() - offers;
    return idle * state.policy().quotes().percent() / 100;
  }

  private List<PlannedOffer> checkLines(
      Bidder bidder, List<PlannedLine> lines, Set<MinerId> taken, Checked checked, Scale scale) {
    Session session = new Session(bidder, scale, taken);
    List<PlannedOffer> offers = new ArrayList<>();
    for (PlannedLine line : lines) {
      Optional<DropReason> reason = session.check(line);
      if (reason.isPresent()) {
        drop(line, reason.get(), checked);
      } else {
        offers.add(session.take(line));
      }
    }
    return offers;
  }

  private static void dropAll(List<PlannedLine> lines, DropReason reason, Checked checked) {
    lines.forEach(line -> drop(line, reason, checked));
  }

  private static void dropOffers(List<PlannedOffer> offers, DropReason reason, Checked checked) {
    offers.forEach(offer -> drop(offer.line(), reason, checked));
  }

  private static void drop(PlannedLine line, DropReason reason, Checked checked) {
    checked.dropped().add(new DroppedLine(line.deploymentId(), line.minerId(), reason));
  }

  /** The events that make the offers, the first of them at that position. */
  List<Event> offers(Checked checked, long firstPosition, long atMs) {
    long acknowledgeByMs = atMs + state.policy().assignments().acknowledgement().toMillis();
    List<Event> events = new ArrayList<>(checked.offers().size());
    for (PlannedOffer offer : checked.offers()) {
      events.add(
          new AssignmentOffered(
              AssignmentId.at(firstPosition + events.size()),
              offer.line().deploymentId(),
              offer.placement(),
              acknowledgeByMs,
              offer.replaces()));
    }
    return events;
  }

  /**
   * What becomes of the quotes that took part in a round: those that won are firm, those that did
   * not are void. One that has changed since it was planned is left to the next round.
   */
  List<QuoteEvent> quotes(Checked checked, RoundRecord round, long atMs) {
    Map<QuoteId, List<Placement>> won = new HashMap<>();
    for (Reservation reservation : checked.reservations()) {
      won.put(
          reservation.quote().id(),
          reservation.offers().stream().map(PlannedOffer::placement).toList());
    }
    List<QuoteEvent> events = new ArrayList<>();
    for (Quote quote : state.quotes().competing()) {
      List<Placement> placements = won.get(quote.id());
      Long expiresAtMs = quote.standing().expiresAtMs();
      if (placements != null) {
        long untilMs = expiresAtMs == null ? atMs + quote.validForMs() : expiresAtMs;
        events.add(new QuoteOffered(quote.id(), placements, untilMs, round.number()));
      } else if (quote.standing().position() <= round.basePosition()) {
        events.add(new QuoteEnded(quote.id(), QuoteState.VOID));
      }
    }
    return events;
  }

  /**
   * What lines are checked and scored by.
   *
   * @param facts the state in the words of the placement model
   * @param fit the market as it is before the round's own offers
   * @param atMs when, Unix milliseconds
   */
  private record Scale(PlacementFacts facts, Fit fit, long atMs) {

    static Scale of(State state, long atMs) {
      PlacementFacts facts = new PlacementFacts(state, atMs);
      return new Scale(facts, new Fit(Objective.DEFAULT, facts.market()), atMs);
    }
  }

  /**
   * A replica that lacks a miner.
   *
   * @param replica its number
   * @param leaving the assignment that goes on until another has taken over, if there is one
   */
  private record Opening(int replica, @Nullable AssignmentId leaving) {}

  /**
   * Who asks for slots.
   *
   * @param id under which name it competes and holds miners
   * @param demand what it lacks
   * @param slots the replicas that lack a miner; what nobody runs comes first
   * @param bid the most it pays
   * @param held what is bound for it
   */
  private record Bidder(
      DeploymentId id, Demand demand, List<Opening> slots, GasPrice bid, Amount held) {

    static Bidder of(Deployment deployment, Demand demand) {
      List<Opening> slots = new ArrayList<>();
      List<Opening> moving = new ArrayList<>();
      for (int replica = 0; replica < deployment.slots().size(); replica++) {
        Slot slot = deployment.slots().get(replica);
        if (slot.isLacking()) {
          (slot.isHeld() ? moving : slots).add(new Opening(replica, slot.leaving()));
        }
      }
      slots.addAll(moving);
      GasPrice bid = deployment.spec().maxGasPrice();
      return new Bidder(deployment.id(), demand, slots, bid, deployment.funds().held());
    }

    static Bidder of(Quote quote, Demand demand) {
      Set<Integer> taken = new HashSet<>();
      quote.placements().forEach(placement -> taken.add(placement.replica()));
      List<Opening> slots = new ArrayList<>();
      for (int replica = 0; slots.size() < quote.lacking(); replica++) {
        if (!taken.contains(replica)) {
          slots.add(new Opening(replica, null));
        }
      }
      Amount budget = quote.spec().budget();
      return new Bidder(quote.id().holder(), demand, slots, quote.highestPrice(), budget);
    }
  }

  /** The check of one bidder's lines, each seeing those before it. */
  private final class Session {

    private final Bidder bidder;
    private final PlacementFacts facts;
    private final Fit fit;
    private final Set<MinerId> takenBefore;
    private final Set<MinerId> taken = new TreeSet<>();
    private final Map<String, Integer> byOperator = new HashMap<>();
    private final long atMs;

    Session(Bidder bidder, Scale scale, Set<MinerId> takenBefore) {
      this.bidder = bidder;
      this.facts = scale.facts();
      this.fit = scale.fit();
      this.takenBefore = takenBefore;
      this.atMs = scale.atMs();
    }

    Optional<DropReason> check(PlannedLine line) {
      Optional<Miner> found = state.miners().find(line.minerId());
      if (taken.size() >= bidder.slots().size()) {
        return Optional.of(DropReason.SLOT_TAKEN);
      }
      if (found.isEmpty()
          || !found.get().isPlaceableAt(atMs)
          || takenBefore.contains(line.minerId())
          || taken.contains(line.minerId())) {
        return Optional.of(DropReason.MINER_NOT_PLACEABLE);
      }
      DeploymentId holder = found.get().standing().reservedFor();
      if (holder != null && !holder.equals(bidder.id())) {
        return Optional.of(DropReason.RESERVED);
      }
      return checkPair(found.get(), line.gasPrice());
    }

    private Optional<DropReason> checkPair(Miner miner, GasPrice price) {
      Demand demand = bidder.demand();
      Set<Constraint> failed = Eligibility.failed(demand, facts.candidate(miner));
      if (!failed.isEmpty()) {
        boolean capOnly = failed.equals(Set.of(Constraint.MAX_PER_OPERATOR));
        return Optional.of(capOnly ? DropReason.MAX_PER_OPERATOR : DropReason.NOT_ELIGIBLE);
      }
      int room = demand.roomOn(miner.operator()) - byOperator.getOrDefault(miner.operator(), 0);
      if (room <= 0) {
        return Optional.of(DropReason.MAX_PER_OPERATOR);
      }
      Amount held = bidder.held();
      boolean fair =
          !held.isZero() // an empty hold never binds a miner, not even one that asks for nothing
              && price.compareTo(miner.gasPrice()) >= 0
              && price.compareTo(bidder.bid()) <= 0
              && price.isCoveredBy(held);
      return fair ? Optional.empty() : Optional.of(DropReason.PRICE);
    }

    PlannedOffer take(PlannedLine line) {
      Miner miner = state.miners().known(line.minerId());
      Opening opening = bidder.slots().get(taken.size());
      taken.add(miner.id());
      byOperator.merge(miner.operator(), 1, Integer::sum);
      return new PlannedOffer(
          line,
          new Placement(
              opening.replica(),
              miner.id(),
              miner.evidence().tier(),
              miner.performance(),
              miner.operator(),
              miner.region(),
              line.gasPrice(),
              List.copyOf(fit.points(bidder.demand(), facts.candidate(miner)).values())),
          opening.leaving());
    }
  }
}
