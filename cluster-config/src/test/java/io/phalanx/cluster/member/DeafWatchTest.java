package io.phalanx.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeafWatchTest {
  private long nanos = -5;
  private final DeafWatch watch = new DeafWatch(() -> nanos);

  /** How many seconds it takes, asked every second, at most a minute. */
  private int secondsUntilLongEnough() {
    for (int second = 1; second <= 60; second++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      if (watch.isLongEnough(true)) {
        return second;
      }
    }
    return Integer.MAX_VALUE;
  }

  private void hear(int seconds) {
    for (int second = 0; second < seconds; second++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      assertThat(watch.isLongEnough(false)).isFalse();
    }
  }

  @Nested
  class IsLongEnough {
    @Test
    void isSoAfterSixSecondsWithoutTheLeader() {
      hear(30);
      assertThat(secondsUntilLongEnough()).isEqualTo(7);
    }

    @Test
    void isNotSoAgainForTwentySeconds() {
      hear(30);
      secondsUntilLongEnough();
      assertThat(secondsUntilLongEnough()).isEqualTo(21);
    }

    @Test
    void countsFromTheNewestJoin() {
      hear(30);
      nanos += TimeUnit.SECONDS.toNanos(5);
      watch.joined();
      assertThat(secondsUntilLongEnough()).isEqualTo(7);
    }
  }
}
