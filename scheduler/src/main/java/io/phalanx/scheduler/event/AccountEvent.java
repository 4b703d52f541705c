package io.phalanx.scheduler.event;

import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.unit.Amount;

/** What moves money between a developer's account and the world outside. */
public sealed interface AccountEvent extends Event {

  /** Whose account. */
  String developer();

  /**
   * Money came in.
   *
   * @param developer whose account
   * @param amount how much
   * @param reference the payout layer's word for it, which counts once
   */
  record Deposited(String developer, Amount amount, String reference) implements AccountEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Money went out.
   *
   * @param developer whose account
   * @param amount how much
   * @param reference the payout layer's word for it, which counts once
   */
  record Withdrawn(String developer, Amount amount, String reference) implements AccountEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * An admin took a charge back: its developer has the money again.
   *
   * @param developer whose account
   * @param charge what was charged
   * @param settled whether its period was closed already; then the treasury gives it back, and the
   *     miner's part is withheld from the miner's next lines
   * @param reason the admin's words
   */
  record ChargeCorrected(String developer, CorrectedCharge charge, boolean settled, String reason)
      implements AccountEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
