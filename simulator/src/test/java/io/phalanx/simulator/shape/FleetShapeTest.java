package io.phalanx.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetShapeTest {
  private static List<Integer> performances(List<MinerSpec> fleet, int tier) {
    return fleet.stream()
        .filter(m -> m.tier() == tier)
        .map(MinerSpec::performance)
        .sorted()
        .toList();
  }

  private static double mean(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }

  private static int median(List<Integer> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  @Nested
  class Draw {
    private final List<MinerSpec> fleet = new FleetShape(10_000, 42).draw();

    @Test
    void isTheSameForTheSameSeed() {
      assertThat(new FleetShape(500, 3).draw()).isEqualTo(new FleetShape(500, 3).draw());
    }

    @Test
    void differsForAnotherSeed() {
      assertThat(new FleetShape(500, 3).draw()).isNotEqualTo(new FleetShape(500, 4).draw());
    }

    @Test
    void hasTheMainNetsSharesOfTiers() {
      Map<Integer, Long> tiers =
          fleet.stream().collect(Collectors.groupingBy(MinerSpec::tier, Collectors.counting()));
      assertThat(tiers.getOrDefault(1, 0L) / 1e4).isCloseTo(196 / 3_624.0, offset(0.01));
      assertThat(tiers.getOrDefault(2, 0L) / 1e4).isCloseTo(1_948 / 3_624.0, offset(0.02));
      assertThat(tiers).doesNotContainKey(3);
      assertThat(tiers.getOrDefault(4, 0L) / 1e4).isCloseTo(252 / 3_624.0, offset(0.01));
      assertThat(tiers.getOrDefault(5, 0L) / 1e4).isCloseTo(1_228 / 3_624.0, offset(0.02));
    }

    @Test
    void hasTheMainNetsPerformanceByTier() {
      assertThat(mean(performances(fleet, 1))).isCloseTo(280, offset(50.0));
      assertThat(mean(performances(fleet, 2))).isCloseTo(1_410, offset(100.0));
      assertThat(median(performances(fleet, 2))).isBetween(1_750, 1_850);
      assertThat(mean(performances(fleet, 4))).isCloseTo(91, offset(20.0));
      assertThat(median(performances(fleet, 4))).isBetween(48, 66);
      assertThat(mean(performances(fleet, 5))).isCloseTo(933, offset(100.0));
      assertThat(median(performances(fleet, 5))).isBetween(480, 600);
    }

    @Test
    void givesEveryScoreAsAMultipleOfSixUpToTheGreatestSeen() {
      assertThat(fleet).allMatch(m -> m.performance() % 6 == 0 && m.performance() <= 3_636);
    }

    @Test
    void hasSlowAndFastMachinesAndNearlyNoneBetween() {
      List<Integer> second = performances(fleet, 2);
      long between = second.stream().filter(p -> p > 600 && p < 1_700).count();
      assertThat(between).isZero();
      assertThat(second.stream().filter(p -> p <= 600).count()).isGreaterThan(1_000);
      assertThat(second.stream().filter(p -> p >= 1_700).count()).isGreaterThan(2_000);
    }

    @Test
    void givesTheTenLargestOperatorsAboutAThird() {
      long top =
          fleet.stream()
              .collect(Collectors.groupingBy(MinerSpec::operator, Collectors.counting()))
              .values()
              .stream()
              .sorted(Comparator.reverseOrder())
              .limit(10)
              .mapToLong(Long::longValue)
              .sum();
      assertThat(top / 1e4).isBetween(0.32, 0.40);
    }

    @Test
    void passesTheStartGuardsMostly() {
      Map<String, Long> fates =
          fleet.stream()
              .collect(Collectors.groupingBy(StartGuards::refusing, Collectors.counting()));
      assertThat(fates.get("other")).isBetween(9_300L, 9_800L);
      assertThat(fates.get("stake")).isBetween(130L, 270L);
      assertThat(fates.get("value")).isBetween(60L, 140L);
      assertThat(fates.get("performance")).isPositive();
    }

    @Test
    void asksForMoreAtBetterTiers() {
      Map<Integer, Double> asks =
          fleet.stream()
              .collect(
                  Collectors.groupingBy(MinerSpec::tier, Collectors.averagingLong(MinerSpec::ask)));
      assertThat(asks.get(1)).isBetween(250.0, 450.0);
      assertThat(asks.get(2)).isBetween(250.0, 400.0);
      assertThat(asks.get(4)).isBetween(90.0, 150.0).isLessThan(asks.get(5));
      assertThat(asks.get(5)).isLessThan(asks.get(2));
    }

    @Test
    void namesEachMinerOnce() {
      assertThat(fleet.stream().map(MinerSpec::id).distinct()).hasSize(10_000);
      assertThat(fleet.stream().map(m -> m.key().minerId()).limit(500).distinct()).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void drawsSmallFleetsToo(int miners) {
      assertThat(new FleetShape(miners, 1).draw()).hasSize(miners);
    }

    @Test
    void refusesAnEmptyFleet() {
      assertThatThrownBy(() -> new FleetShape(0, 1)).hasMessageContaining("at least one");
    }

    @Test
    void spreadsOverRegionsAsGiven() {
      Map<String, Long> regions =
          fleet.stream()
              .map(MinerSpec::region)
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      assertThat(regions.get("eu")).isBetween(4_400L, 5_000L);
      assertThat(regions).containsKeys("us", "ap", "sa", "af");
    }
  }
}
