package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.settlement.SettlementLine;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settlements against the charges they close. */
final class SettlementBook {

  /** What a miner is owed for the period that is open. */
  private static final class OpenLine {
    final String operator;
    long gas;
    BigInteger fee = BigInteger.ZERO;
    BigInteger treasury = BigInteger.ZERO;

    OpenLine(String operator) {
      this.operator = operator;
    }
  }

  /** Where a settlement is. */
  private static final class Way {
    final BigInteger fees;
    boolean delivered;
    boolean acknowledged;

    Way(BigInteger fees) {
      this.fees = fees;
    }
  }

  private final Books books;
  private final Map<MinerId, OpenLine> open = new LinkedHashMap<>();
  private final Map<MinerId, BigInteger> owed = new HashMap<>();
  private final Map<Long, Way> closed = new HashMap<>();
  private long firstChargeMs;
  private long lastChargeMs;
  private long lastNumber;
  private long lastToMs = Long.MIN_VALUE;

  SettlementBook(Books books) {
    this.books = books;
  }

  void charge(AssignmentFacts assignment, GasCharged event, Moment moment) {
    if (event.charged() == 0) {
      return;
    }
    if (open.isEmpty()) {
      firstChargeMs = moment.atMs();
    }
    lastChargeMs = moment.atMs();
    OpenLine line =
        open.computeIfAbsent(
            assignment.miner.id, id -> new OpenLine(assignment.placement.operator()));
    line.gas += event.charged();
    line.fee = line.fee.add(event.fee().pico());
    line.treasury = line.treasury.add(event.treasury().pico());
  }

  /** Before which instant every charge is in a closed settlement, Unix milliseconds. */
  long closedBeforeMs() {
    return lastToMs;
  }

  /** A charge is taken back: off its line, or, when that is closed, off the miner's next ones. */
  void correct(ChargeCorrected event) {
    CorrectedCharge charge = event.charge();
    if (event.settled()) {
      owed.merge(charge.minerId(), charge.fee().pico(), BigInteger::add);
      return;
    }
    OpenLine line = open.get(charge.minerId());
    require(line != null, lastNumber + 1, "it has no line for what is corrected");
    if (line != null) {
      line.gas -= charge.gas();
      line.fee = line.fee.subtract(charge.fee().pico());
      line.treasury = line.treasury.subtract(charge.treasury().pico());
    }
  }

  /** As much as is owed, and never more than the line has. */
  private BigInteger withheld(MinerId miner, BigInteger fee) {
    BigInteger due = owed.getOrDefault(miner, BigInteger.ZERO);
    BigInteger part = due.min(fee);
    owed.put(miner, due.subtract(part));
    if (part.equals(due)) {
      owed.remove(miner);
    }
    return part;
  }

  /** The numbers between were perhaps given to settlements that are lost. */
  void take(IncarnationBegan event) {
    require(event.nextSettlement() > lastNumber, event.nextSettlement(), "it is closed already");
    lastNumber = Math.max(lastNumber, event.nextSettlement() - 1);
  }

  void take(SettlementClosed event, Moment moment) {
    require(event.number() == lastNumber + 1, event.number(), "the one before is " + lastNumber);
    lastNumber = event.number();
    boolean ordered = lastToMs <= event.fromMs() && event.fromMs() < event.toMs();
    require(ordered, event.number(), "its period does not follow the one before");
    boolean within = event.fromMs() <= firstChargeMs && lastChargeMs < event.toMs();
    require(within, event.number(), "it closes charges from outside its period");
    require(event.toMs() <= moment.atMs(), event.number(), "it closes before its period ends");
    require(!event.lines().isEmpty(), event.number(), "it has no lines");
    lastToMs = event.toMs();
    BigInteger fees = BigInteger.ZERO;
    for (SettlementLine line : event.lines()) {
      BigInteger withheld = checkLine(event.number(), line);
      books.money.post(Money.earned(line.minerId()), withheld.negate());
      books.money.post(Money.TREASURY, withheld);
      books.money.move(Money.earned(line.minerId()), Money.payable(event.number()), line.fee());
      fees = fees.add(line.fee().pico());
    }
    open.keySet().forEach(miner -> require(false, event.number(), "no line for miner " + miner));
    open.clear();
    closed.put(event.number(), new Way(fees));
  }

  private BigInteger checkLine(long number, SettlementLine line) {
    OpenLine sum = open.remove(line.minerId());
    BigInteger whole = sum == null ? BigInteger.ZERO : sum.fee;
    BigInteger withheld = withheld(line.minerId(), whole);
    boolean exact =
        sum != null
            && sum.gas == line.gasUsed()
            && whole.subtract(withheld).equals(line.fee().pico())
            && withheld.equals(line.held().pico())
            && sum.treasury.equals(line.treasury().pico())
            && sum.operator.equals(line.operator());
    require(
        exact, number, "its line for miner " + line.minerId() + " is not the sum of its charges");
    return withheld;
  }

  void deliver(long number) {
    Way way = known(number);
    require(!way.delivered && !way.acknowledged, number, "it is delivered again");
    way.delivered = true;
  }

  void acknowledge(long number) {
    Way way = known(number);
    require(!way.acknowledged, number, "it is paid again");
    way.acknowledged = true;
    books.money.post(Money.payable(number), way.fees.negate());
    books.money.post(Money.SETTLED, way.fees);
  }

  private Way known(long number) {
    Way way = closed.get(number);
    if (way == null) {
      require(false, number, "it was never closed");
      return new Way(BigInteger.ZERO);
    }
    return way;
  }

  private void require(boolean holds, long number, String what) {
    books.findings.check(holds, 6, () -> "settlement " + number + ": " + what);
  }
}
