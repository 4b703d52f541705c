package io.phalanx.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Nested
  class PauseMs {
    private final RetryPolicy policy = new RetryPolicy(9, 50, 2_000);

    @Test
    void doublesUpToTheLongest() {
      assertThat(policy.pauseMs(1, 0)).isEqualTo(50);
      assertThat(policy.pauseMs(3, 0)).isEqualTo(200);
      assertThat(policy.pauseMs(60, 0)).isEqualTo(2_000);
    }

    @Test
    void honoursWhatTheServiceAskedForWithinTheLongest() {
      assertThat(policy.pauseMs(1, 1_000)).isEqualTo(1_000);
      assertThat(policy.pauseMs(1, 3_600_000)).isEqualTo(2_000);
    }

    @Test
    void refusesAPolicyThatWouldSpin() {
      assertThatThrownBy(() -> new RetryPolicy(3, 0, 5)).isInstanceOf(RuntimeException.class);
    }
  }
}
