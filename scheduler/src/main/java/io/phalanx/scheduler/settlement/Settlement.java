package io.phalanx.scheduler.settlement;

import io.phalanx.scheduler.unit.Amount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closed period of fees.
 *
 * @param number from 1, without a gap
 * @param position the journal position at which it was closed
 * @param fromMs its first instant, Unix milliseconds
 * @param toMs the first instant after it, Unix milliseconds
 * @param state where it is on its way
 * @param lines one for each miner with charges in the period, in the order of their ids
 * @param reference the payout layer's word for it, once it has paid
 * @param paidPosition the journal position at which it said so
 * @param payoutsDigest tells what it said of payouts for shares; none before it said anything, and
 *     where that was kept before digests were
 */
public record Settlement(
    long number,
    long position,
    long fromMs,
    long toMs,
    SettlementState state,
    List<SettlementLine> lines,
    @Nullable String reference,
    @Nullable Long paidPosition,
    @Nullable String payoutsDigest) {

  /** Copies the lines. */
  public Settlement {
    lines = List.copyOf(lines);
  }

  /** Whether it was acknowledged with other payouts than these, as far as that is known. */
  public boolean hasOtherPayouts(List<Payout> payouts) {
    return payoutsDigest != null && !payoutsDigest.equals(Payout.digest(payouts));
  }

  /** The sum of both parts over all lines. */
  public Amount total() {
    return lines.stream()
        .map(line -> line.fee().plus(line.treasury()))
        .reduce(Amount.ZERO, Amount::plus);
  }

  Settlement delivered() {
    return new Settlement(
        number, position, fromMs, toMs, SettlementState.DELIVERED, lines, null, null, null);
  }

  Settlement paid(String nextReference, List<Payout> payouts, long atPosition) {
    return new Settlement(
        number,
        position,
        fromMs,
        toMs,
        SettlementState.ACKNOWLEDGED,
        lines,
        nextReference,
        atPosition,
        Payout.digest(payouts));
  }

  /** Whether nothing more will happen to it after that position. */
  boolean isOverBy(long upTo) {
    return paidPosition != null && paidPosition <= upTo;
  }
}
