package io.phalanx.scheduler.state;

import io.phalanx.scheduler.access.Access;
import io.phalanx.scheduler.account.Ledger;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.gathering.Gathering;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.Trust;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.settlement.Settlements;
import java.util.List;
import java.util.Objects;

/**
 * The whole state as data, everything in a fixed order: the same journal gives the same image, byte
 * for byte once written.
 *
 * @param position the newest event in it
 * @param stampMs that event's stamp, Unix milliseconds
 * @param epoch the leader's epoch
 * @param policy the figures in force
 * @param miners all miners
 * @param deployments live ones and those that ended lately
 * @param assignments likewise
 * @param ledger where all money is
 * @param settlements the open period and those on their way
 * @param keys idempotency keys of the last minutes
 * @param rounds the newest rounds
 * @param lastRound the newest round's number
 * @param market reference price and alarm
 * @param timers what falls due
 * @param access API keys and used nonces; a snapshot from before there were any has none
 * @param gatherings deployments that gather miners, or rest from it
 * @param moving how many moves began lately
 * @param trust what evidence is judged by; a snapshot from before there was any has none
 * @param quotes open ones and those that ended lately
 */
public record StateImage(
    long position,
    long stampMs,
    long epoch,
    Policy policy,
    List<Miner> miners,
    List<Deployment> deployments,
    List<Assignment> assignments,
    Ledger.Image ledger,
    Settlements.Image settlements,
    Keys.Image keys,
    List<CommittedRound> rounds,
    long lastRound,
    Market market,
    List<Timer> timers,
    Access.Image access,
    List<Gathering> gatherings,
    Moving moving,
    Trust.Image trust,
    List<Quote> quotes) {

  /** Fills in what a snapshot of an earlier version does not have. */
  public StateImage {
    access = Objects.requireNonNullElse(access, Access.Image.EMPTY);
    trust = Objects.requireNonNullElse(trust, Trust.Image.EMPTY);
    gatherings = Objects.requireNonNullElse(gatherings, List.of());
    moving = Objects.requireNonNullElse(moving, Moving.START);
    quotes = Objects.requireNonNullElse(quotes, List.of());
  }

  /** The same with what takes longest to put in order. */
  StateImage with(List<Assignment> assigned, Ledger.Image money) {
    return new StateImage(
        position,
        stampMs,
        epoch,
        policy,
        miners,
        deployments,
        assigned,
        money,
        settlements,
        keys,
        rounds,
        lastRound,
        market,
        timers,
        access,
        gatherings,
        moving,
        trust,
        quotes);
  }

  /**
   * How many moves began lately, so that not too many do at once.
   *
   * @param sinceMs since when they are counted, Unix milliseconds
   * @param begun how many there were since
   */
  public record Moving(long sinceMs, int begun) {

    /** Before the first. */
    public static final Moving START = new Moving(0, 0);

    /** How many have begun in the span of that length that goes on at that time. */
    public int begunBy(long atMs, long everyMs) {
      return atMs - sinceMs < everyMs ? begun : 0;
    }

    Moving begun(long atMs, long everyMs) {
      return atMs - sinceMs < everyMs ? new Moving(sinceMs, begun + 1) : new Moving(atMs, 1);
    }
  }

  /**
   * Figures of the whole network.
   *
   * @param referencePrice the median ask as last journaled, pico-PHA for one unit of gas
   * @param referencePriceAtMs when it was journaled, Unix milliseconds; 0 before the first
   * @param spareUntilMs until when no assignment is ended for silence, Unix milliseconds; 0: never
   */
  public record Market(long referencePrice, long referencePriceAtMs, long spareUntilMs) {

    /** A new network: the reference price is 1,000 until enough miners are there. */
    public static final Market START = new Market(1000, 0, 0);

    Market priced(long price, long atMs) {
      return new Market(price, atMs, spareUntilMs);
    }

    Market sparing(long untilMs) {
      return new Market(referencePrice, referencePriceAtMs, untilMs);
    }
  }
}
