package io.phalanx.loadtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LeadStagesTest {
  private static String line(String time, String event) {
    return "time=2026-11-23T08:00:%sZ level=INFO logger=X thread=y event=%s node=node-1 epoch=2"
        .formatted(time, event);
  }

  @Nested
  class Since {
    @Test
    void tellsTheFirstOfEachFromTheStart() {
      Map<String, Duration> stages =
          LeadStages.since(
              Instant.parse("2026-11-23T08:00:10.000Z"),
              Stream.of(
                  "Phalanx is ready at http://127.0.0.1:1 (open mode)",
                  line("09.999", "leading"),
                  line("10.120", "leading"),
                  line("10.080", "leading"),
                  line("10.020", "handing-over"),
                  line("10.030", "something-else")));
      assertThat(stages)
          .containsOnly(
              Map.entry("handing-over", Duration.ofMillis(20)),
              Map.entry("leading", Duration.ofMillis(80)));
    }
  }
}
