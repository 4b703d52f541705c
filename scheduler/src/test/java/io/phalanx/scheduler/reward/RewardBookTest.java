package io.phalanx.scheduler.reward;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.reward.RewardBook.Terms;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RewardBookTest {
  private static final RewardRules RULES = RewardRules.DEFAULT;
  private static final long PERIOD_MS = 600_000;
  private static final long STEP_MS = 12_000;
  private static final MinerId ANN = new MinerId("aa".repeat(32));
  private static final MinerId BEN = new MinerId("bb".repeat(32));
  private static final Terms TERMS = new Terms(4, 800, Amount.ofPha(2_000));

  private final RewardBook book = new RewardBook(RULES, PERIOD_MS);

  private static Fixed grown(Fixed value, long steps) {
    Fixed now = value;
    for (long i = 0; i < steps; i++) {
      now = now.times(RULES.growth());
    }
    return now;
  }

  private static Fixed initial() {
    return RULES.initialValue(TERMS.stake(), TERMS.performance(), TERMS.tier());
  }

  private PayoutInput only(long fromMs, long toMs) {
    List<PayoutInput> items = book.close(fromMs, toMs).items();
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  @Nested
  class Close {
    @Test
    void growsAValueOnceForEvery12SecondsOfComputing() {
      book.start(ANN, "op", TERMS, 5_000);
      PayoutInput input = only(0, PERIOD_MS);
      assertThat(input.value()).isEqualTo(grown(initial(), (PERIOD_MS - 5_000) / STEP_MS));
      assertThat(input.share())
          .isEqualTo(RULES.share(input.value(), Fixed.of(TERMS.performance()), TERMS.tier()));
    }

    @Test
    void losesNoPartOfAStepWhateverHappensBetween() {
      SplittableRandom random = new SplittableRandom(1);
      for (int run = 0; run < 50; run++) {
        RewardBook broken = new RewardBook(RULES, PERIOD_MS);
        broken.start(ANN, "op", TERMS, 0);
        long atMs = 0;
        while (atMs < 2 * PERIOD_MS) {
          broken.enter(ANN, random.nextBoolean() ? Phase.IDLE : Phase.ACTIVE, atMs);
          atMs += random.nextLong(1, 50_000);
        }
        assertThat(broken.close(PERIOD_MS, atMs).items().get(0).value())
            .isEqualTo(grown(initial(), atMs / STEP_MS));
      }
    }

    @Test
    void countsActiveAndIdleSecondsWithinThePeriod() {
      book.start(ANN, "op", TERMS, 100_000);
      book.enter(ANN, Phase.ACTIVE, 500_000);
      book.enter(ANN, Phase.IDLE, 700_000);
      book.enter(ANN, Phase.ACTIVE, 900_000);
      PayoutInput second = only(PERIOD_MS, 2 * PERIOD_MS);
      assertThat(second.activeSeconds()).isEqualTo(100 + 300);
      assertThat(second.idleSeconds()).isEqualTo(200);
      PayoutInput fifth = only(4 * PERIOD_MS, 5 * PERIOD_MS);
      assertThat(fifth.activeSeconds()).isEqualTo(600);
      assertThat(fifth.idleSeconds()).isZero();
    }

    @Test
    void listsMinersInTheOrderOfTheirIds() {
      book.start(BEN, "op", TERMS, 0);
      book.start(ANN, "op", TERMS, 0);
      assertThat(book.close(0, PERIOD_MS).items())
          .extracting(PayoutInput::minerId)
          .containsExactly(ANN, BEN);
    }

    @Test
    void goesOnFromAnImage() {
      book.start(ANN, "op", TERMS, 3_000);
      book.enter(ANN, Phase.ACTIVE, 40_000);
      RewardBook restored = new RewardBook(RULES, PERIOD_MS);
      restored.restore(book.image());
      restored.enter(ANN, Phase.IDLE, 50_000);
      book.enter(ANN, Phase.IDLE, 50_000);
      assertThat(restored.close(0, PERIOD_MS)).isEqualTo(book.close(0, PERIOD_MS));
    }

    @Test
    void hasARootThatChangesWithEveryItem() {
      book.start(ANN, "op", TERMS, 0);
      book.start(BEN, "op", TERMS, 0);
      PayoutInputs inputs = book.close(0, PERIOD_MS);
      for (int i = 0; i < 2; i++) {
        List<PayoutInput> forged = new ArrayList<>(inputs.items());
        PayoutInput item = forged.get(i);
        Fixed more = Fixed.ofBits(item.share().bits().add(BigInteger.ONE));
        forged.set(
            i,
            new PayoutInput(
                item.minerId(),
                item.operator(),
                item.tier(),
                item.performance(),
                item.activeSeconds(),
                item.idleSeconds(),
                item.value(),
                more));
        assertThat(new PayoutInputs(forged).root()).isNotEqualTo(inputs.root());
      }
    }
  }

  @Nested
  class Pay {
    @Test
    void takesBackAtMostWhatWasGainedSinceTheLastPayout() {
      book.start(ANN, "op", TERMS, 0);
      Fixed before = only(0, PERIOD_MS).value();
      Amount little = Amount.of(1_000_000);
      book.pay(ANN, little, PERIOD_MS);
      Fixed after = book.earners().iterator().next().value().value();
      assertThat(after).isEqualTo(before.minus(Fixed.ofAmount(little)));
      book.pay(ANN, Amount.ofPha(500), PERIOD_MS);
      assertThat(book.earners().iterator().next().value().value())
          .as("nothing was gained since")
          .isEqualTo(after);
    }

    @Test
    void bringsAValueBackToWhereItStoodWhenAllOfTheGainIsPaid() {
      book.start(ANN, "op", TERMS, 0);
      book.pay(ANN, Amount.ofPha(500), PERIOD_MS);
      assertThat(book.earners().iterator().next().value()).isEqualTo(Value.start(initial()));
    }
  }

  /** What once went wrong on Phala's chain. */
  @Nested
  class NeverAgain {
    @Test
    void areStoppedMinersInTheSumOfShares() {
      book.start(ANN, "op", TERMS, 0);
      book.start(BEN, "op", TERMS, 0);
      book.stop(BEN);
      PayoutInputs inputs = book.close(0, PERIOD_MS);
      assertThat(inputs.items()).extracting(PayoutInput::minerId).containsExactly(ANN);
      assertThat(inputs.shareTotal()).isEqualTo(inputs.items().get(0).share());
    }

    @Test
    void areSilentMinersInTheSumOfShares() {
      book.start(ANN, "op", TERMS, 0);
      book.start(BEN, "op", TERMS, 0);
      book.enter(BEN, Phase.SILENT, 10_000);
      PayoutInputs inputs = book.close(0, PERIOD_MS);
      assertThat(inputs.items().get(1).share()).isEqualTo(Fixed.ZERO);
      assertThat(inputs.shareTotal()).isEqualTo(inputs.items().get(0).share());
    }

    @Test
    void isAnOutagePaid() {
      book.start(ANN, "op", TERMS, 0);
      book.enter(ANN, Phase.SILENT, 5 * STEP_MS);
      book.enter(ANN, Phase.ACTIVE, PERIOD_MS - 2 * STEP_MS);
      PayoutInput input = only(0, PERIOD_MS);
      assertThat(input.value()).isEqualTo(grown(initial(), 7));
      assertThat(input.idleSeconds()).isEqualTo(60);
      assertThat(input.activeSeconds()).isEqualTo(24);
    }

    @Test
    void isAMinerAtTheHighestValueWithoutReward() {
      Fixed highest = RULES.highestValue();
      Value full = Value.start(highest).grown(RULES, Pace.steady(800), 1_000);
      assertThat(full.value()).isEqualTo(highest);
      Fixed perStep = RULES.growth().minus(Fixed.ONE).times(highest);
      assertThat(full.gained()).isEqualTo(perStep.times(Fixed.of(1_000)));
      assertThat(full.paid(Fixed.of(1_000)).value()).isEqualTo(highest.minus(full.gained()));
    }

    @Test
    void isThePriceAppliedTwiceInTheRigCost() {
      Amount nothing = Amount.ZERO;
      assertThat(RULES.initialValue(nothing, 1_000, 1))
          .isEqualTo(Fixed.parse("1.5").times(Fixed.parse("0.3").times(Fixed.of(1_000))));
    }

    @Test
    void isAPartOfTheBudgetLeftOver() {
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < 200; i++) {
        MinerId id = new MinerId("%064x".formatted(i));
        int performance = 50 + random.nextInt(3_000);
        Amount stake = Amount.ofPha(1_000 + random.nextInt(9_000));
        book.start(id, "op", new Terms(1 + random.nextInt(5), performance, stake), 0);
      }
      PayoutInputs inputs = book.close(0, PERIOD_MS);
      Fixed total = inputs.shareTotal();
      Fixed paid =
          inputs.items().stream()
              .map(input -> input.share().dividedBy(total))
              .reduce(Fixed.ZERO, Fixed::plus);
      BigInteger left = Fixed.ONE.bits().subtract(paid.bits());
      assertThat(left).isBetween(BigInteger.ZERO, BigInteger.valueOf(200));
    }

    @Test
    void isACoolDownResetByWhatComesLate() {
      book.start(ANN, "op", TERMS, 0);
      book.stop(ANN);
      book.enter(ANN, Phase.IDLE, 1_000);
      book.drift(ANN, 900, 1_000);
      book.pay(ANN, Amount.ofPha(1), 1_000);
      assertThat(book.close(0, PERIOD_MS).items()).isEmpty();
    }

    @Test
    void isAScoreOfAnotherRuntimeTakenForTheSpeedAtTheStart() {
      book.start(ANN, "op", TERMS, 0);
      book.drift(ANN, 400, 0);
      Fixed half = Fixed.parse("0.5");
      Fixed rate = RULES.growth().minus(Fixed.ONE);
      Fixed expected = initial().plus(half.times(rate.times(initial())));
      assertThat(only(0, STEP_MS).value()).isEqualTo(expected);
    }
  }
}
