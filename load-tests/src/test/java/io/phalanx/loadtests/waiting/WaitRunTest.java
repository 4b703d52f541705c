package io.phalanx.loadtests.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimates of the service against simulated networks; loose, as each is one seed. */
final class WaitRunTest {

  @Nested
  class Play {
    @ParameterizedTest
    @CsvSource({"100, 0, 10", "70, 30, 5", "110, 20, 1"})
    void findsMostWaitsWithinWhatWasEstimated(int load, int choosy, int bids) {
      Scene scene = new Scene("test", 100, load, choosy, 0, bids);
      Calibration found = new WaitRun(scene, 7).play(120);
      assertThat(found.asked()).isEqualTo(120);
      assertThat(found.said()).isGreaterThan(60);
      assertThat(found.percentWithinP50()).isBetween(35.0, 92.0);
      assertThat(found.percentWithinP90()).isGreaterThan(75.0);
      assertThat(found.withinP90()).isGreaterThan(found.withinP50());
    }
  }
}
