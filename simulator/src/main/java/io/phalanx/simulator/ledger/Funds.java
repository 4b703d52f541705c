package io.phalanx.simulator.ledger;

import java.math.BigInteger;

/**
 * What a developer's account must hold in all: available, held and spent together only change by
 * deposits.
 *
 * @param opening pico-PHA before the run
 * @param deposited pico-PHA of acknowledged deposits
 * @param unanswered pico-PHA of deposits sent and not acknowledged: each happened once or not
 */
public record Funds(BigInteger opening, BigInteger deposited, BigInteger unanswered) {
  Funds sending(BigInteger amount) {
    return new Funds(opening, deposited, unanswered.add(amount));
  }

  Funds refusing(BigInteger amount) {
    return new Funds(opening, deposited, unanswered.subtract(amount));
  }

  Funds depositing(BigInteger amount) {
    return new Funds(opening, deposited.add(amount), unanswered.subtract(amount));
  }

  /** Below this a deposit is lost. */
  public BigInteger least() {
    return opening.add(deposited);
  }

  /** Above this a deposit is doubled. */
  public BigInteger most() {
    return least().add(unanswered);
  }
}
