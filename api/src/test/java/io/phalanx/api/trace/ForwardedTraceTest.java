package io.phalanx.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedCluster;
import io.phalanx.api.support.ServedNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two live nodes, each with a collector of its own, and one trace over both. */
class ForwardedTraceTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @TempDir Path folder;

  @Nested
  class OfAWriteThatIsBroughtToTheLeader {
    @Test
    void goesOnThere() throws Exception {
      try (Collector first = Collector.start(200);
          Collector second = Collector.start(200);
          ServedCluster cluster = start(List.of(first, second))) {
        int follower = cluster.follower();
        Collector ofFollower = follower == 0 ? first : second;
        Collector ofLeader = follower == 0 ? second : first;

        ServedNode.Reply made =
            cluster
                .node(follower)
                .post("/v1/deployments", ServedNode.request(""), "traceparent", SAMPLED);
        assertThat(made.status()).isEqualTo(201);

        JsonNode request = ofFollower.await(TRACE, "POST /v1/deployments");
        JsonNode journal = ofLeader.await(TRACE, "journal");
        assertThat(journal.path("parentSpanId")).isEqualTo(request.path("spanId"));
        assertThat(journal.path("spanId")).isNotEqualTo(request.path("spanId"));
        assertThat(ofFollower.spans())
            .extracting(span -> span.path("name").asString())
            .doesNotContain("journal");
      }
    }

    private ServedCluster start(List<Collector> collectors) throws Exception {
      return ServedCluster.start(
          folder, collectors.size(), i -> Map.of("tracing.otlp", collectors.get(i).url()));
    }
  }
}
