package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When snapshots are written. */
final class SnapshotPaceTest {

  private final SnapshotPace pace = new SnapshotPace(100, 1_000);

  @Test
  void isByEvents() {
    assertThat(pace.isDue(1_099, 5)).isFalse();
    assertThat(pace.isDue(1_100, 5)).isTrue();
  }

  @Test
  void countsFromTheLastOne() {
    pace.tried(1_150, 0, 0);
    assertThat(pace.isDue(1_249, 5)).isFalse();
    assertThat(pace.isDue(1_250, 5)).isTrue();
  }

  @Test
  void restsNineTimesAsLongAsTheLastOneTook() {
    pace.tried(1_150, 1_000, 1_020);
    assertThat(pace.isDue(9_999, 1_199)).isFalse();
    assertThat(pace.isDue(9_999, 1_200)).isTrue();
  }

  @Test
  void measuresTimeAcrossTheClocksOverflow() {
    pace.tried(1_150, Long.MAX_VALUE - 20, Long.MAX_VALUE);
    assertThat(pace.isDue(9_999, Long.MIN_VALUE + 178)).isFalse();
    assertThat(pace.isDue(9_999, Long.MIN_VALUE + 179)).isTrue();
  }
}
