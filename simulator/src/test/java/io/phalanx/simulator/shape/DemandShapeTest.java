package io.phalanx.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DemandShapeTest {
  private static final DemandShape MIXED = DemandShape.mixed(5, 250, Duration.ofSeconds(8));

  private static List<DeploymentSpec> draw(DemandShape shape, int count) {
    SplittableRandom random = new SplittableRandom(shape.seed());
    List<DeploymentSpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(shape.draw(i, random));
    }
    return specs;
  }

  @Nested
  class DrawGapNanos {
    @Test
    void isThatOfAPoissonProcessOfTheRate() {
      SplittableRandom random = new SplittableRandom(1);
      double[] gaps =
          IntStream.range(0, 50_000).mapToDouble(i -> MIXED.drawGapNanos(random)).toArray();
      double mean = IntStream.range(0, gaps.length).mapToDouble(i -> gaps[i]).average().orElse(0);
      double variance =
          IntStream.range(0, gaps.length)
              .mapToDouble(i -> (gaps[i] - mean) * (gaps[i] - mean))
              .average()
              .orElse(0);
      assertThat(mean).isCloseTo(4_000_000, offset(100_000.0));
      assertThat(Math.sqrt(variance) / mean).isCloseTo(1, offset(0.03));
    }
  }

  @Nested
  class DrawDuration {
    @Test
    void hasAboutTheMeanAndStaysWithinItsBounds() {
      SplittableRandom random = new SplittableRandom(2);
      double mean =
          IntStream.range(0, 20_000)
              .mapToLong(i -> MIXED.drawDuration(random).toMillis())
              .peek(ms -> assertThat(ms).isBetween(800L, 40_000L))
              .average()
              .orElseThrow();
      assertThat(mean).isCloseTo(8_000, offset(200.0));
    }
  }

  @Nested
  class Draw {
    @Test
    void isTheSameForTheSameSeed() {
      assertThat(draw(MIXED, 200)).isEqualTo(draw(MIXED, 200));
    }

    @Test
    void makesOneInFourAGangOfUpToEight() {
      List<DeploymentSpec> specs = draw(MIXED, 8_000);
      long gangs = specs.stream().filter(one -> one.replicas() > 1).count();
      assertThat(gangs / 8_000.0).isCloseTo(0.25, offset(0.02));
      assertThat(specs).allMatch(one -> one.replicas() <= 8);
      assertThat(specs).anyMatch(one -> one.replicas() == 8 && one.minReplicas() < 8);
      assertThat(specs).anyMatch(one -> one.replicas() == 8 && one.minReplicas() == 8);
    }

    @Test
    void makesEasyOnesThatEveryMinerOfTheFleetSuits() {
      List<MinerSpec> fleet = new FleetShape(2_000, 1).draw();
      for (DeploymentSpec one : draw(DemandShape.easy(1, 10, Duration.ofSeconds(8)), 200)) {
        assertThat(one.replicas()).isOne();
        assertThat(fleet)
            .allMatch(
                miner ->
                    one.tiers().contains(miner.tier())
                        && miner.performance() >= one.minPerformance()
                        && miner.ask() <= one.maxGasPrice());
      }
    }
  }
}
