package io.phalanx.scheduler.reward;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An unsigned 64.64 fixed-point number, as Phala counts with (its {@code U64F64}): every operation
 * cuts off what does not fit 64 fractional bits, and none rounds up.
 *
 * @param whole the integer part, unsigned
 * @param fraction the fractional part in 2^-64, unsigned
 */
public record Fixed(long whole, long fraction) implements Comparable<Fixed> {
  public static final Fixed ZERO = new Fixed(0, 0);
  public static final Fixed ONE = new Fixed(1, 0);

  private static final int BITS = 64;
  private static final int ROOT_BITS = 32;
  private static final int AMOUNT_BITS = 48;
  private static final BigInteger PICO_PER_PHA = BigInteger.TEN.pow(12);

  /**
   * A whole number.
   *
   * @param value 0 or more
   */
  public static Fixed of(long value) {
    if (value < 0) {
      throw new ArithmeticException("negative: " + value);
    }
    return new Fixed(value, 0);
  }

  /**
   * The number with these bits.
   *
   * @throws ArithmeticException unless they are 128 at most
   */
  public static Fixed ofBits(BigInteger bits) {
    if (bits.signum() < 0 || bits.bitLength() > 2 * BITS) {
      throw new ArithmeticException("not 128 bits: " + bits);
    }
    return new Fixed(bits.shiftRight(BITS).longValue(), bits.longValue());
  }

  /** The number nearest to a decimal one: how constants enter. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Fixed parse(String decimal) {
    BigDecimal scaled =
        new BigDecimal(decimal).multiply(new BigDecimal(BigInteger.ONE.shiftLeft(BITS)));
    return ofBits(scaled.setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact());
  }

  /** So many PHA, cut to 48 fractional bits first, as Phala's balances enter. */
  public static Fixed ofAmount(Amount amount) {
    return ofBits(
        amount.pico().shiftLeft(AMOUNT_BITS).divide(PICO_PER_PHA).shiftLeft(BITS - AMOUNT_BITS));
  }

  /** So many PHA as money, what is under a pico-PHA cut off: how values leave. */
  public Amount toAmount() {
    return new Amount(bits().multiply(PICO_PER_PHA).shiftRight(BITS));
  }

  /** All 128 bits as one integer: the wire form of {@code v} and {@code share}. */
  public BigInteger bits() {
    return unsigned(whole).shiftLeft(BITS).or(unsigned(fraction));
  }

  /** The sum. */
  public Fixed plus(Fixed other) {
    long sum = fraction + other.fraction;
    long carry = Long.compareUnsigned(sum, fraction) < 0 ? 1 : 0;
    long high = addExact(addExact(whole, other.whole), carry);
    return new Fixed(high, sum);
  }

  /** The difference, never below zero. */
  public Fixed minus(Fixed other) {
    if (compareTo(other) < 0) {
      throw new ArithmeticException(this + " - " + other);
    }
    long borrow = Long.compareUnsigned(fraction, other.fraction) < 0 ? 1 : 0;
    return new Fixed(whole - other.whole - borrow, fraction - other.fraction);
  }

  /** The product. */
  public Fixed times(Fixed other) {
    if (whole != 0 && other.whole != 0 && highOf(whole, other.whole) != 0) {
      throw new ArithmeticException(this + " * " + other);
    }
    Fixed product = new Fixed(whole * other.whole, highOf(fraction, other.fraction));
    Fixed left = new Fixed(highOf(whole, other.fraction), whole * other.fraction);
    Fixed right = new Fixed(highOf(fraction, other.whole), fraction * other.whole);
    return product.plus(left).plus(right);
  }

  /** The quotient. */
  public Fixed dividedBy(Fixed divisor) {
    return ofBits(bits().shiftLeft(BITS).divide(divisor.bits()));
  }

  /** The square root, of which only 32 fractional bits are produced. */
  public Fixed root() {
    BigInteger root = bits().sqrt();
    return ofBits(root.shiftLeft(ROOT_BITS));
  }

  /** The smaller of the two. */
  public Fixed min(Fixed other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(Fixed other) {
    int byWhole = Long.compareUnsigned(whole, other.whole);
    return byWhole != 0 ? byWhole : Long.compareUnsigned(fraction, other.fraction);
  }

  /** All its decimal digits. */
  @Override
  @JsonValue
  public String toString() {
    BigDecimal scale = new BigDecimal(BigInteger.ONE.shiftLeft(BITS));
    return new BigDecimal(bits()).divide(scale).stripTrailingZeros().toPlainString();
  }

  private static long addExact(long a, long b) {
    long sum = a + b;
    if (Long.compareUnsigned(sum, a) < 0) {
      throw new ArithmeticException("beyond 64 integer bits");
    }
    return sum;
  }

  /** The upper 64 bits of an unsigned product. */
  private static long highOf(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> (BITS - 1)) & b) + ((b >> (BITS - 1)) & a);
  }

  private static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits);
    return bits < 0 ? value.add(BigInteger.ONE.shiftLeft(BITS)) : value;
  }
}
