package io.phalanx.scheduler.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.scheduler.settlement.Payout;
import io.phalanx.scheduler.settlement.SettlementLine;
import java.util.List;
import java.util.Objects;

/** What happens to a settlement. */
public sealed interface SettlementEvent extends Event {

  /** The settlement. */
  long number();

  /**
   * A period was closed.
   *
   * @param number from 1, without a gap
   * @param fromMs its first instant, Unix milliseconds
   * @param toMs the first instant after it, Unix milliseconds
   * @param lines one for each miner with charges in the period
   */
  record SettlementClosed(long number, long fromMs, long toMs, List<SettlementLine> lines)
      implements SettlementEvent {
    /** Copies the lines. */
    public SettlementClosed {
      lines = List.copyOf(lines);
    }

    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** The payout layer's endpoint answered 2xx. */
  record SettlementDelivered(long number) implements SettlementEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * The payout layer paid.
   *
   * @param number the settlement
   * @param reference the payout layer's word for it
   * @param payouts what it paid for shares, if it says so
   */
  record SettlementAcknowledged(
      long number,
      String reference,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Payout> payouts)
      implements SettlementEvent {
    /** Copies the list; a journal from before it could be said has none. */
    public SettlementAcknowledged {
      payouts = List.copyOf(Objects.requireNonNullElse(payouts, List.of()));
    }

    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
