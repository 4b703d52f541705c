package io.phalanx.loadtests.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phalanx.simulator.load.LoadResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Duration LENGTH = Duration.ofSeconds(2);
  private static final Offset<Double> EXACT = within(1e-6);

  private static LoadResult window(long accepted, long refused) {
    TreeMap<Integer, Long> statuses = new TreeMap<>();
    statuses.put(201, accepted);
    if (refused > 0) {
      statuses.put(503, refused);
    }
    return new LoadResult(new Histogram(1_000, 3), statuses, accepted, 0, 0, 2);
  }

  private static Usage usage(long databaseMs, long... nodesMs) {
    List<Duration> nodes = Arrays.stream(nodesMs).mapToObj(Duration::ofMillis).toList();
    return new Usage(nodes, Duration.ofMillis(databaseMs));
  }

  @Nested
  class ACost {
    @Test
    void isDividedByWhoWasWhatAndFreeOfWhatIdlesAway() {
      Tally tally = new Tally(3);
      tally.add(List.of(window(1_000, 0)), usage(120, 420, 220, 70), LENGTH);

      Cost cost = tally.cost(usage(10, 10, 10, 10), 1, List.of(0));

      assertThat(cost.asked()).isEqualTo(400, EXACT);
      assertThat(cost.leader()).isEqualTo(200, EXACT);
      assertThat(cost.other()).isEqualTo(50, EXACT);
      assertThat(cost.database()).isEqualTo(100, EXACT);
      assertThat(cost.total(1)).isEqualTo(750, EXACT);
    }

    @Test
    void isThatOfAnswersOf2xxOnly() {
      Tally tally = new Tally(1);
      tally.add(List.of(window(100, 900)), usage(0, 1_000), LENGTH);

      assertThat(tally.cost(usage(0, 0), 0, List.of(0)).leader()).isEqualTo(10_000, EXACT);
      assertThat(tally.failed()).containsEntry(503, 900L);
    }

    @Test
    void hasTheMiddleWindowOfAllNodesTogether() {
      Tally tally = new Tally(2);
      for (long accepted : List.of(100L, 5_000L, 300L)) {
        tally.add(List.of(window(accepted, 0), window(100, 0)), usage(0, 1, 1), LENGTH);
      }

      assertThat(tally.cost(usage(0, 0, 0), 0, List.of(0, 1)).perSecond()).isEqualTo(200, EXACT);
    }
  }
}
