package io.phalanx.simulator.developer;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final long MS = 1_000_000;

  private final Statistics statistics = new Statistics();
  private final Watch watch = new Watch(statistics);

  private static DeploymentEvent deployment(String id, String state) {
    return new DeploymentEvent(id, "dev", state, state.equals("Ended") ? "Completed" : "");
  }

  @Nested
  class Event {
    @Test
    void measuresFromTheAnswerToTheFirstPlaced() {
      watch.accepted(deployment("d", "Pending"), 10 * MS, true);
      watch.event(deployment("d", "Placed"), 25 * MS);
      watch.event(deployment("d", "Running"), 30 * MS);
      watch.event(deployment("d", "Pending"), 40 * MS);
      watch.event(deployment("d", "Placed"), 90 * MS);
      assertThat(statistics.acceptedToPlacedMs().count()).isEqualTo(1);
      assertThat(statistics.acceptedToPlacedMs().max()).isBetween(14.9, 15.1);
      assertThat(statistics.get(Count.DEPLOYMENTS_PLACED)).isEqualTo(1);
      assertThat(statistics.get(Count.DEPLOYMENTS_RUNNING)).isEqualTo(1);
    }

    @Test
    void mayComeBeforeTheAnswer() {
      watch.event(deployment("d", "Pending"), 5 * MS);
      watch.event(deployment("d", "Placed"), 6 * MS);
      watch.event(deployment("d", "Running"), 7 * MS);
      watch.accepted(deployment("d", "Pending"), 9 * MS, true);
      assertThat(statistics.acceptedToPlacedMs().max()).isZero();
      assertThat(statistics.get(Count.DEPLOYMENTS_PLACED)).isEqualTo(1);
      assertThat(watch.count("Running")).isEqualTo(1);
    }

    @Test
    void movesTheCountsOfStates() {
      watch.accepted(deployment("a", "Pending"), 0, true);
      watch.accepted(deployment("b", "Pending"), 0, true);
      assertThat(watch.count("Pending")).isEqualTo(2);
      watch.event(deployment("a", "Placed"), 1);
      watch.event(deployment("a", "Degraded"), 2);
      assertThat(watch.count("Pending")).isEqualTo(1);
      assertThat(watch.count("Degraded")).isEqualTo(1);
      watch.event(deployment("a", "Ended"), 3);
      watch.event(deployment("b", "Ended"), 3);
      assertThat(watch.count("Pending") + watch.count("Degraded")).isZero();
      assertThat(statistics.endReasons()).containsEntry("Completed", 2L);
    }

    @Test
    void isNotMeasuredDuringTheWarmUp() {
      watch.accepted(deployment("d", "Pending"), 0, false);
      watch.event(deployment("d", "Placed"), 5 * MS);
      assertThat(statistics.acceptedToPlacedMs().count()).isZero();
      assertThat(statistics.get(Count.DEPLOYMENTS_PLACED)).isEqualTo(1);
    }

    @Test
    void isForgottenWhenTooManyCameWithoutAnAnswer() {
      for (int i = 0; i <= Watch.EARLY; i++) {
        watch.event(deployment("d" + i, "Placed"), MS);
      }
      watch.accepted(deployment("d0", "Pending"), 2 * MS, true);
      assertThat(watch.count("Pending")).isEqualTo(1);
      watch.accepted(deployment("d1", "Pending"), 2 * MS, true);
      assertThat(watch.count("Placed")).isEqualTo(1);
    }
  }

  @Nested
  class Listed {
    @Test
    void concernsOnlyWhatIsFollowed() {
      watch.listed(deployment("d", "Placed"), MS);
      watch.accepted(deployment("d", "Pending"), 2 * MS, true);
      assertThat(watch.count("Pending")).isEqualTo(1);
      watch.listed(deployment("d", "Ended"), 3 * MS);
      assertThat(watch.count("Pending")).isZero();
    }
  }
}
