package io.phalanx.scheduler.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/**
 * A price in pico-PHA for one unit of gas: a miner's ask, a developer's bid, or what was agreed.
 *
 * @param pico 0 or more; asks are at most {@link #HIGHEST_ASK}, bids at most 30 digits
 */
public record GasPrice(BigInteger pico) implements Comparable<GasPrice> {

  /**
   * The highest ask a miner may state: 1 PHA for one unit of gas. Bids above it cannot buy more, so
   * the placement model compares prices as {@code long} without losing the order of any bid and
   * ask.
   */
  public static final long HIGHEST_ASK = 1_000_000_000_000L;

  /** Refuses a negative price. */
  public GasPrice {
    if (pico.signum() < 0) {
      throw new IllegalArgumentException("negative gas price: " + pico);
    }
  }

  /** A price of so many pico-PHA for one unit of gas. */
  public static GasPrice of(long pico) {
    return new GasPrice(BigInteger.valueOf(pico));
  }

  /** Parses the wire form: decimal digits, no sign, no leading zero. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GasPrice parse(String digits) {
    return new GasPrice(new BigInteger(digits));
  }

  /** What so much gas costs. */
  public Amount times(long gas) {
    return new Amount(pico.multiply(BigInteger.valueOf(gas)));
  }

  /** How many whole units of gas the money buys; at most {@code wanted}, all of it when free. */
  public long affordable(Amount money, long wanted) {
    if (pico.signum() == 0) {
      return wanted;
    }
    return money.pico().divide(pico).min(BigInteger.valueOf(wanted)).longValueExact();
  }

  /** Whether the money buys at least one unit. */
  public boolean isCoveredBy(Amount money) {
    return money.pico().compareTo(pico) >= 0;
  }

  /** The price for the placement model, clamped to {@link #HIGHEST_ASK}. */
  public long clamped() {
    boolean isSmall = pico.bitLength() < Long.SIZE;
    return isSmall ? Math.min(pico.longValue(), HIGHEST_ASK) : HIGHEST_ASK;
  }

  @Override
  public int compareTo(GasPrice other) {
    return pico.compareTo(other.pico);
  }

  /** The wire form. */
  @Override
  @JsonValue
  public String toString() {
    return pico.bitLength() < Long.SIZE ? Long.toString(pico.longValue()) : pico.toString();
  }
}
