package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.MinerFacts.Place;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.QuoteEvent;
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
import io.phalanx.scheduler.event.QuoteEventHandler;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.QuoteState;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Quotes: who is held for them, how many, at which price, and that each is redeemed once. */
final class QuoteBook implements QuoteEventHandler {

  private final Books books;
  private final Map<QuoteId, Facts> open = new LinkedHashMap<>();
  private final Map<QuoteId, Long> closed = new HashMap<>();
  private final Deque<Placement> due = new ArrayDeque<>();
  private @Nullable DeploymentId comes;
  private boolean redeeming;
  private @Nullable Facts source;

  QuoteBook(Books books) {
    this.books = books;
  }

  /** A quote that is not over. */
  private static final class Facts {
    final String developer;
    final DeploymentSpec spec;
    final long validForMs;
    final Map<MinerId, Placement> held = new LinkedHashMap<>();
    final List<BigInteger> lost = new ArrayList<>();
    @Nullable Long expiresAtMs;
    long dueMs;

    Facts(QuoteRequested event) {
      developer = event.developer();
      spec = event.spec();
      validForMs = event.validForMs();
      dueMs = event.decideByMs();
    }

    long latest() {
      return expiresAtMs == null ? Long.MAX_VALUE : expiresAtMs;
    }

    int miners() {
      return expiresAtMs == null ? spec.replicas() : held.size() + lost.size();
    }
  }

  /** A redemption is followed at once by the deployment and its offers, and by nothing else. */
  void before(Event event) {
    DeploymentId expected = comes;
    Facts quote = source;
    redeeming = expected == null && !due.isEmpty() && event instanceof AssignmentOffered;
    if (expected != null && quote != null) {
      boolean follows =
          event instanceof DeploymentCreated created
              && created.deploymentId().equals(expected)
              && created.developer().equals(quote.developer)
              && nameless(created.spec()).equals(nameless(quote.spec));
      check(
          follows,
          2,
          () -> expected + " does not follow its quote's redemption as it was asked for");
      comes = null;
    } else if (!due.isEmpty()) {
      Placement next = due.remove();
      boolean follows =
          event instanceof AssignmentOffered offered
              && quote != null
              && offered.placement().minerId().equals(next.minerId())
              && offered.placement().gasPrice().equals(next.gasPrice());
      check(follows, 2, () -> "a redeemed quote's " + next + " does not follow as it was quoted");
    }
  }

  private static DeploymentSpec nameless(DeploymentSpec spec) {
    return spec.called(null, Collections.emptySortedMap());
  }

  /** Whether the event at hand is an offer of a redemption, not of a round. */
  boolean isRedeeming() {
    return redeeming;
  }

  @Override
  public void apply(QuoteRequested event, Moment moment) {
    Facts quote = new Facts(event);
    check(!closed.containsKey(event.quoteId()), 8, () -> event.quoteId() + " is asked for again");
    boolean isNew = open.put(event.quoteId(), quote) == null;
    check(isNew, 8, () -> event.quoteId() + " is asked for twice");
    books.quoteHolders.add(event.quoteId().holder());
    books.money.move(
        Money.available(event.developer()),
        Money.held(event.quoteId().holder()),
        event.spec().budget());
    long own = open.values().stream().filter(q -> q.developer.equals(quote.developer)).count();
    check(
        own <= books.policy.quotes().openPerDeveloper(),
        4,
        () -> quote.developer + " has " + own + " quotes open");
    int miners =
        open.values().stream()
            .filter(q -> q.developer.equals(quote.developer))
            .mapToInt(Facts::miners)
            .sum();
    check(
        miners <= books.policy.quotes().minersPerDeveloper(),
        4,
        () -> quote.developer + " has quotes for " + miners + " miners");
    boolean bounded = event.validForMs() <= books.policy.quotes().longest().toMillis();
    check(bounded, 4, () -> event.quoteId() + " would stand for too long");
  }

  @Override
  public void apply(QuoteOffered event, Moment moment) {
    Facts quote = find(event);
    if (quote == null) {
      return;
    }
    boolean first = quote.expiresAtMs == null;
    int won = event.placements().size();
    boolean enough =
        first
            ? won >= quote.spec.minReplicas() && won <= quote.spec.replicas()
            : won == quote.lost.size();
    check(enough, 2, () -> event.quoteId() + " is offered " + won);
    for (Placement placement : event.placements()) {
      hold(event.quoteId(), quote, placement, moment);
    }
    quote.lost.clear();
    long untilMs = first ? moment.atMs() + quote.validForMs : quote.latest();
    check(
        event.expiresAtMs() == untilMs, 4, () -> event.quoteId() + " stands for a time of its own");
    quote.expiresAtMs = event.expiresAtMs();
    quote.dueMs = event.expiresAtMs();
    long idle = books.miners.values().stream().filter(m -> m.place == Place.IDLE).count();
    long held = open.values().stream().mapToLong(q -> q.held.size()).sum();
    long most = idle * books.policy.quotes().percent() / 100;
    check(
        held <= most, 4, () -> held + " miners are held for quotes, of which " + most + " may be");
  }

  private void hold(QuoteId id, Facts quote, Placement placement, Moment moment) {
    MinerFacts miner = books.miner(placement.minerId());
    if (miner == null) {
      return;
    }
    check(miner.heldFor == null, 4, () -> id + " holds " + miner + ", which is held for another");
    check(fits(quote, miner, moment), 2, () -> id + " holds " + miner + ", which does not suit it");
    BigInteger price = placement.gasPrice().pico();
    BigInteger bid =
        quote.lost.stream().min(BigInteger::compareTo).orElse(quote.spec.maxGasPrice().pico());
    boolean fair = miner.ask.compareTo(price) <= 0 && price.compareTo(bid) <= 0;
    check(fair, 2, () -> id + " pays " + price + " for " + miner);
    boolean isNew = quote.held.put(miner.id, placement) == null;
    check(isNew, 2, () -> id + " holds " + miner + " twice");
    int cap = quote.spec.maxPerOperator();
    long onOperator =
        quote.held.values().stream().filter(p -> p.operator().equals(miner.operator)).count();
    check(cap == 0 || onOperator <= cap, 2, () -> id + " breaks maxPerOperator");
    miner.heldFor = id.holder();
    miner.changedAt = moment.position();
  }

  private static boolean fits(Facts quote, MinerFacts miner, Moment moment) {
    DeploymentSpec spec = quote.spec;
    return miner.place == Place.IDLE
        && !miner.cordoned
        && !miner.silent
        && miner.evidenceHoldsAt(moment.atMs())
        && spec.tiers().list().contains(miner.evidence.tier())
        && miner.performance >= spec.minPerformance()
        && !spec.denyOperators().contains(miner.operator)
        && OfferCheck.allows(spec.regions(), miner.region)
        && OfferCheck.allows(spec.allowOperators(), miner.operator);
  }

  @Override
  public void apply(QuoteLostMiners event, Moment moment) {
    Facts quote = find(event);
    if (quote == null) {
      return;
    }
    for (MinerId id : event.lost()) {
      Placement placement = quote.held.remove(id);
      MinerFacts miner = books.miner(id);
      check(placement != null, 4, () -> event.quoteId() + " loses " + id + " and did not hold it");
      if (placement != null && miner != null) {
        boolean unfit =
            !fits(quote, miner, moment) || miner.ask.compareTo(placement.gasPrice().pico()) > 0;
        check(unfit, 4, () -> event.quoteId() + " loses " + miner + ", which suits it");
        quote.lost.add(placement.gasPrice().pico());
        letGo(event.quoteId(), miner, moment);
      }
    }
    quote.dueMs = Math.min(event.decideByMs(), quote.latest());
  }

  @Override
  public void apply(QuoteRedeemed event, Moment moment) {
    Facts quote = find(event);
    if (quote == null) {
      return;
    }
    boolean inTime = quote.expiresAtMs != null && moment.atMs() < quote.expiresAtMs;
    check(inTime, 4, () -> event.quoteId() + " is redeemed when it does not stand");
    check(quote.lost.isEmpty(), 4, () -> event.quoteId() + " is redeemed and lacks miners");
    due.addAll(quote.held.values());
    comes = event.deploymentId();
    source = quote;
    close(event.quoteId(), quote, moment);
  }

  @Override
  public void apply(QuoteEnded event, Moment moment) {
    Facts quote = find(event);
    if (quote == null) {
      return;
    }
    boolean over = quote.expiresAtMs != null && moment.atMs() >= quote.expiresAtMs;
    check(
        event.as() != QuoteState.EXPIRED || over,
        4,
        () -> event.quoteId() + " expires before its time");
    boolean firm = quote.expiresAtMs != null && quote.lost.isEmpty();
    check(
        event.as() != QuoteState.VOID || !firm,
        4,
        () -> event.quoteId() + " is void and lacks nothing");
    close(event.quoteId(), quote, moment);
  }

  private void close(QuoteId id, Facts quote, Moment moment) {
    for (MinerId held : quote.held.keySet()) {
      MinerFacts miner = books.miner(held);
      if (miner != null) {
        letGo(id, miner, moment);
      }
    }
    books.money.move(
        Money.held(id.holder()), Money.available(quote.developer), quote.spec.budget());
    open.remove(id);
    closed.put(id, moment.position());
  }

  private static void letGo(QuoteId id, MinerFacts miner, Moment moment) {
    if (id.holder().equals(miner.heldFor)) {
      miner.heldFor = null;
      miner.changedAt = moment.position();
    }
  }

  /** The clock has gone on from that stamp: no quote stands for longer than it may. */
  void passed(long stampMs) {
    open.forEach(
        (id, quote) -> check(quote.dueMs >= stampMs, 4, () -> id + " is open beyond its time"));
  }

  private @Nullable Facts find(QuoteEvent event) {
    Facts quote = open.get(event.quoteId());
    check(
        quote != null,
        8,
        () -> event.quoteId() + (closed.containsKey(event.quoteId()) ? " is over" : " is unknown"));
    return quote;
  }

  private void check(boolean holds, int invariant, Supplier<String> what) {
    books.findings.check(holds, invariant, what);
  }
}
