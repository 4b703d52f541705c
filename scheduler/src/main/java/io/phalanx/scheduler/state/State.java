package io.phalanx.scheduler.state;

import io.phalanx.scheduler.access.Access;
import io.phalanx.scheduler.account.Ledger;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Assignments;
import io.phalanx.scheduler.deployment.Deployments;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.gathering.Gatherings;
import io.phalanx.scheduler.miner.Miners;
import io.phalanx.scheduler.miner.Trust;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.quote.Quotes;
import io.phalanx.scheduler.settlement.Settlements;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything that is, folded from the journal's events. One class serves the writer, the replicas
 * and every replay; it reads no clock and no random number, so the same events give the same state.
 */
public final class State {

  private final Miners miners = new Miners();
  private final Deployments deployments = new Deployments();
  private final Assignments assignments = new Assignments();
  private final Ledger ledger = new Ledger();
  private final Settlements settlements = new Settlements();
  private final Keys keys = new Keys();
  private final Rounds rounds = new Rounds();
  private final Timers timers = new Timers();
  private final Access access = new Access();
  private final Gatherings gatherings = new Gatherings();
  private final Quotes quotes = new Quotes();
  private final Trust trust = new Trust();
  private final Fold fold;
  private Policy policy = Policy.DEFAULT;
  private StateImage.Market market = StateImage.Market.START;
  private StateImage.Moving moving = StateImage.Moving.START;
  private long position;
  private long stampMs;
  private long epoch;

  /** The state before the first event. */
  public State(ChangeListener listener) {
    fold = new Fold(this, listener);
  }

  /** The state that an image shows. */
  public State(StateImage image, ChangeListener listener) {
    this(listener);
    position = image.position();
    stampMs = image.stampMs();
    epoch = image.epoch();
    policy = image.policy();
    market = image.market();
    moving = image.moving();
    miners.restore(image.miners());
    deployments.restore(image.deployments());
    assignments.restore(image.assignments());
    ledger.restore(image.ledger());
    settlements.restore(image.settlements());
    keys.restore(image.keys());
    rounds.restore(image.rounds(), image.lastRound());
    timers.restore(image.timers());
    access.restore(image.access());
    gatherings.restore(image.gatherings());
    trust.restore(image.trust());
    quotes.restore(image.quotes());
  }

  /** The state as data. */
  public StateImage image() {
    return copy().get();
  }

  /**
   * The state as it is now. Only what can change is copied at once; to put it in order takes many
   * times as long, and can be done while the state goes on.
   */
  public Supplier<StateImage> copy() {
    StateImage now = image(List.of(), Ledger.Image.EMPTY);
    Supplier<List<Assignment>> assigned = assignments.copy();
    Supplier<Ledger.Image> money = ledger.copy();
    return () -> now.with(assigned.get(), money.get());
  }

  private StateImage image(List<Assignment> assigned, Ledger.Image money) {
    return new StateImage(
        position,
        stampMs,
        epoch,
        policy,
        miners.image(),
        deployments.image(),
        assigned,
        money,
        settlements.image(),
        keys.image(),
        rounds.newest(),
        rounds.lastNumber(),
        market,
        timers.image(),
        access.image(),
        gatherings.image(),
        moving,
        trust.image(),
        quotes.image());
  }

  /**
   * Takes in the next event.
   *
   * @throws CorruptStateException if it does not fit: the node must stop
   */
  public void apply(Event event, Moment moment) {
    if (moment.position() != position + 1 || moment.atMs() < stampMs) {
      throw new CorruptStateException(event, moment, "the state is at " + position);
    }
    position = moment.position();
    stampMs = moment.atMs();
    event.accept(fold, moment);
  }

  /** The newest event's position; 0 before the first. */
  public long position() {
    return position;
  }

  /** The newest event's stamp, Unix milliseconds. */
  public long stampMs() {
    return stampMs;
  }

  /** The leader's epoch. */
  public long epoch() {
    return epoch;
  }

  /** The figures in force. */
  public Policy policy() {
    return policy;
  }

  /** All miners. */
  public Miners miners() {
    return miners;
  }

  /** All deployments. */
  public Deployments deployments() {
    return deployments;
  }

  /** All assignments. */
  public Assignments assignments() {
    return assignments;
  }

  /** All money. */
  public Ledger ledger() {
    return ledger;
  }

  /** All settlements on their way. */
  public Settlements settlements() {
    return settlements;
  }

  /** Idempotency keys of the last minutes. */
  public Keys keys() {
    return keys;
  }

  /** The newest rounds. */
  public Rounds rounds() {
    return rounds;
  }

  /** Who may come in. */
  public Access access() {
    return access;
  }

  /** What evidence is judged by. */
  public Trust trust() {
    return trust;
  }

  /** What falls due. */
  public Timers timers() {
    return timers;
  }

  /** Deployments that gather miners. */
  public Gatherings gatherings() {
    return gatherings;
  }

  /** Firm prices and whom they hold. */
  public Quotes quotes() {
    return quotes;
  }

  /** Reference price and alarm. */
  public StateImage.Market market() {
    return market;
  }

  /** How many moves began lately. */
  public StateImage.Moving moving() {
    return moving;
  }

  void setMoving(StateImage.Moving next) {
    moving = next;
  }

  void setPolicy(Policy next) {
    policy = next;
  }

  void setMarket(StateImage.Market next) {
    market = next;
  }

  void setEpoch(long next) {
    epoch = next;
  }

  /** Positions before that one are left out from here on. */
  void skipTo(long nextPosition) {
    position = nextPosition - 1;
  }
}
