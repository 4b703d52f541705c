package io.phalanx.scheduler.settlement;

import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The period that is open and the settlements that are on their way. */
public final class Settlements {

  private final NavigableMap<Long, Settlement> byNumber = new TreeMap<>();
  private final SortedMap<MinerId, SettlementLine> open = new TreeMap<>();
  private long lastNumber;
  private long openFromMs;
  private long openToMs;
  private long lastToMs;

  /**
   * The settlements as a snapshot has them.
   *
   * @param kept settlements in the state
   * @param open lines of the open period
   * @param lastNumber the newest settlement's number
   * @param openFromMs the open period's first instant, Unix milliseconds; 0 while it has no charges
   * @param openToMs the first instant after it
   * @param lastToMs the first instant after the newest settlement
   */
  public record Image(
      List<Settlement> kept,
      List<SettlementLine> open,
      long lastNumber,
      long openFromMs,
      long openToMs,
      long lastToMs) {}

  /** Takes over a snapshot. */
  public void restore(Image image) {
    image.kept().forEach(settlement -> byNumber.put(settlement.number(), settlement));
    image.open().forEach(line -> open.put(line.minerId(), line));
    lastNumber = image.lastNumber();
    openFromMs = image.openFromMs();
    openToMs = image.openToMs();
    lastToMs = image.lastToMs();
  }

  /** The settlements for a snapshot. */
  public Image image() {
    return new Image(
        List.copyOf(byNumber.values()),
        List.copyOf(open.values()),
        lastNumber,
        openFromMs,
        openToMs,
        lastToMs);
  }

  /** The settlement of that number, while the state has it. */
  public Optional<Settlement> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** The settlements that the state has, by number. */
  public NavigableMap<Long, Settlement> kept() {
    return Collections.unmodifiableNavigableMap(byNumber);
  }

  /** The newest settlement's number; 0 before the first. */
  public long lastNumber() {
    return lastNumber;
  }

  /** Lines of the open period; none while nothing was charged in it. */
  public List<SettlementLine> openLines() {
    return List.copyOf(open.values());
  }

  /** The open period's first instant, Unix milliseconds. */
  public long openFromMs() {
    return openFromMs;
  }

  /** The first instant after the open period, Unix milliseconds. */
  public long openToMs() {
    return openToMs;
  }

  /** The first instant after the newest settlement, Unix milliseconds; 0 before the first. */
  public long lastToMs() {
    return lastToMs;
  }

  /** The oldest settlement that was not delivered. */
  public Optional<Settlement> oldestUndelivered() {
    return byNumber.values().stream()
        .filter(settlement -> settlement.state() == SettlementState.CLOSED)
        .findFirst();
  }

  /** Takes a charge into the open period, which the first charge opens. */
  public void charge(
      GasCharged event, MinerId miner, String operator, Moment moment, long periodMs) {
    if (open.isEmpty()) {
      long start = moment.atMs() - moment.atMs() % periodMs;
      openFromMs = Math.max(start, lastToMs);
      openToMs = start + periodMs;
    }
    SettlementLine line =
        open.getOrDefault(miner, new SettlementLine(miner, operator, 0, Amount.ZERO, Amount.ZERO));
    open.put(miner, line.plus(event.charged(), event.fee(), event.treasury()));
  }

  /** A charge of the open period is taken back. */
  public void uncharge(ChargeCorrected event, Moment moment) {
    SettlementLine line = open.get(event.charge().minerId());
    if (line == null) {
      throw new CorruptStateException(event, moment, "the open period has no such charge");
    }
    open.put(line.minerId(), line.minus(event.charge()));
  }

  private static List<SettlementLine> whole(List<SettlementLine> lines) {
    return lines.stream().map(SettlementLine::whole).toList();
  }

  /** The open period is closed. */
  public void apply(SettlementClosed event, Moment moment) {
    if (event.number() != lastNumber + 1 || !whole(event.lines()).equals(openLines())) {
      throw new CorruptStateException(event, moment, "the open period has other lines");
    }
    byNumber.put(
        event.number(),
        new Settlement(
            event.number(),
            moment.position(),
            event.fromMs(),
            event.toMs(),
            SettlementState.CLOSED,
            event.lines(),
            null,
            null,
            null));
    lastNumber = event.number();
    lastToMs = event.toMs();
    open.clear();
    openFromMs = 0;
    openToMs = 0;
  }

  /** Numbers that something lost may have had are left out. */
  public void apply(IncarnationBegan event, Moment moment) {
    if (event.nextSettlement() <= lastNumber) {
      throw new CorruptStateException(event, moment, "there is a settlement " + lastNumber);
    }
    lastNumber = event.nextSettlement() - 1;
  }

  /** Delivered. */
  public Settlement apply(SettlementDelivered event, Moment moment) {
    Settlement settlement = known(event.number());
    if (settlement.state() != SettlementState.CLOSED) {
      throw new CorruptStateException(event, moment, "it is " + settlement.state());
    }
    return put(settlement.delivered());
  }

  /** Paid. */
  public Settlement apply(SettlementAcknowledged event, Moment moment) {
    Settlement settlement = known(event.number());
    if (settlement.state() == SettlementState.ACKNOWLEDGED) {
      throw new CorruptStateException(event, moment, "it was acknowledged before");
    }
    return put(settlement.paid(event.reference(), event.payouts(), moment.position()));
  }

  /** Forgets settlements that were paid by that position. */
  public void forget(long upTo) {
    byNumber.values().removeIf(settlement -> settlement.isOverBy(upTo));
  }

  /** The settlement of that number, which the journal says exists. */
  public Settlement known(long number) {
    Settlement settlement = byNumber.get(number);
    if (settlement == null) {
      throw new CorruptStateException("no settlement " + number);
    }
    return settlement;
  }

  private Settlement put(Settlement settlement) {
    byNumber.put(settlement.number(), settlement);
    return settlement;
  }
}
