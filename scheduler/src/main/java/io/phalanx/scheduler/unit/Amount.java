package io.phalanx.scheduler.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/**
 * An amount of money in pico-PHA (1 PHA = 10^12 pico-PHA), never negative.
 *
 * @param pico 0 or more; on the wire at most 30 digits
 */
public record Amount(BigInteger pico) implements Comparable<Amount> {

  /** Nothing. */
  public static final Amount ZERO = new Amount(BigInteger.ZERO);

  /** The most that the wire form has digits for. */
  public static final Amount MOST = new Amount(BigInteger.TEN.pow(30).subtract(BigInteger.ONE));

  private static final BigInteger PICO_PER_PHA = BigInteger.TEN.pow(12);

  /** Refuses a negative amount: no movement of money is ever negative, its direction says so. */
  public Amount {
    if (pico.signum() < 0) {
      throw new IllegalArgumentException("negative amount: " + pico);
    }
  }

  /** An amount of so many pico-PHA. */
  public static Amount of(long pico) {
    return new Amount(BigInteger.valueOf(pico));
  }

  /** An amount of so many whole PHA. */
  public static Amount ofPha(long pha) {
    return new Amount(BigInteger.valueOf(pha).multiply(PICO_PER_PHA));
  }

  /** Parses the wire form: decimal digits, no sign, no leading zero. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Amount parse(String digits) {
    return new Amount(new BigInteger(digits));
  }

  /** The sum. */
  public Amount plus(Amount other) {
    return new Amount(pico.add(other.pico));
  }

  /** The difference; the caller has made sure that it is not negative. */
  public Amount minus(Amount other) {
    return new Amount(pico.subtract(other.pico));
  }

  /** The smaller of the two. */
  public Amount min(Amount other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Floor division by a positive number. */
  public Amount dividedBy(long divisor) {
    return new Amount(pico.divide(BigInteger.valueOf(divisor)));
  }

  /** Whether there is nothing. */
  public boolean isZero() {
    return pico.signum() == 0;
  }

  @Override
  public int compareTo(Amount other) {
    return pico.compareTo(other.pico);
  }

  /** The wire form. */
  @Override
  @JsonValue
  public String toString() {
    return pico.bitLength() < Long.SIZE ? Long.toString(pico.longValue()) : pico.toString();
  }
}
