package io.phalanx.scheduler.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FixedTest {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(128);

  /** Numbers of every magnitude, with many ones and noughts at the borders of the words. */
  private static BigInteger bits(SplittableRandom random) {
    BigInteger bits =
        switch (random.nextInt(4)) {
          case 0 -> BigInteger.ONE.shiftLeft(random.nextInt(128));
          case 1 -> BigInteger.ONE.shiftLeft(random.nextInt(129)).subtract(BigInteger.ONE);
          default -> new BigInteger(1, longs(random)).shiftRight(random.nextInt(128));
        };
    return bits.min(LIMIT.subtract(BigInteger.ONE));
  }

  private static byte[] longs(SplittableRandom random) {
    return java.nio.ByteBuffer.allocate(16)
        .putLong(random.nextLong())
        .putLong(random.nextLong())
        .array();
  }

  /** Both ways of counting agree, or both say that it does not fit. */
  private static void agree(BigInteger expected, java.util.function.Supplier<Fixed> counted) {
    if (expected.signum() < 0 || expected.compareTo(LIMIT) >= 0) {
      assertThatThrownBy(counted::get).isInstanceOf(ArithmeticException.class);
    } else {
      assertThat(counted.get().bits()).isEqualTo(expected);
    }
  }

  @Test
  void countsLikeIntegersOfAnySizeThatAreCutOff() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      BigInteger a = bits(random);
      BigInteger b = bits(random);
      Fixed x = Fixed.ofBits(a);
      Fixed y = Fixed.ofBits(b);
      agree(a.add(b), () -> x.plus(y));
      agree(a.subtract(b), () -> x.minus(y));
      agree(a.multiply(b).shiftRight(64), () -> x.times(y));
      agree(a.sqrt().shiftLeft(32), x::root);
      if (b.signum() > 0) {
        agree(a.shiftLeft(64).divide(b), () -> x.dividedBy(y));
      }
      assertThat(Integer.signum(x.compareTo(y))).isEqualTo(a.compareTo(b));
      assertThat(x.min(y).bits()).isEqualTo(a.min(b));
    }
  }

  @Nested
  class Parse {
    @Test
    void takesTheNearestNumber() {
      assertThat(Fixed.parse("1.5").bits()).isEqualTo(BigInteger.valueOf(3).shiftLeft(63));
      assertThat(Fixed.parse("0.3").bits()).isEqualTo(new BigInteger("5534023222112865485"));
      assertThat(Fixed.parse("0.7").bits()).isEqualTo(new BigInteger("12912720851596686131"));
    }

    @Test
    void readsWhatIsWritten() {
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < 1_000; i++) {
        Fixed number = Fixed.ofBits(bits(random));
        assertThat(Fixed.parse(number.toString())).isEqualTo(number);
      }
    }

    @Test
    void refusesWhatDoesNotFit() {
      assertThatThrownBy(() -> Fixed.parse("-1")).isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> Fixed.parse("18446744073709551616"))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Nested
  class OfAmount {
    @Test
    void cutsTo48FractionalBits() {
      assertThat(Fixed.ofAmount(Amount.ofPha(2_000))).isEqualTo(Fixed.of(2_000));
      assertThat(Fixed.ofAmount(Amount.of(1)).bits())
          .isEqualTo(BigInteger.valueOf((1L << 48) / 1_000_000_000_000L).shiftLeft(16));
    }
  }
}
