package io.phalanx.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Traces of a real node, as a collector gets them. */
class RequestTraceTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
  private static final String NOT_SAMPLED = "00-" + TRACE + "-" + PARENT + "-00";

  @TempDir Path folder;

  private static String attribute(JsonNode span, String key) {
    for (JsonNode each : span.path("attributes")) {
      if (each.path("key").asString().equals(key)) {
        JsonNode value = each.path("value");
        return value.path("stringValue").asString(value.path("intValue").asString(""));
      }
    }
    return "";
  }

  @Nested
  class OfADeployment {
    @Test
    void goesFromTheRequestOverJournalAndRoundToThePlacement() throws Exception {
      try (Collector collector = Collector.start(200);
          ServedNode node = ServedNode.start(folder, Map.of("tracing.otlp", collector.url()))) {
        node.startMiner(1, "op-1", 1);
        ServedNode.Reply made =
            node.post("/v1/deployments", ServedNode.request(""), "traceparent", SAMPLED);
        assertThat(made.header("traceparent")).isEqualTo(SAMPLED);

        JsonNode request = collector.await(TRACE, "POST /v1/deployments");
        assertThat(request.path("parentSpanId").asString()).isEqualTo(PARENT);
        assertThat(request.path("kind").asInt()).isEqualTo(2);
        assertThat(attribute(request, "http.response.status_code")).isEqualTo("201");
        assertThat(attribute(request, "request.id")).isEqualTo(made.header("Request-Id"));

        JsonNode journal = collector.await(TRACE, "journal");
        assertThat(journal.path("parentSpanId")).isEqualTo(request.path("spanId"));
        assertThat(attribute(journal, "command.name")).isEqualTo("CreateDeployment");
        assertThat(attribute(journal, "journal.position"))
            .isEqualTo(made.header("Journal-Position"));

        JsonNode placement = collector.await(TRACE, "placement");
        assertThat(placement.path("parentSpanId")).isEqualTo(request.path("spanId"));
        assertThat(attribute(placement, "deployment.id")).isEqualTo(made.text("id"));
        JsonNode round = collector.await(TRACE, "round");
        assertThat(round.path("parentSpanId")).isEqualTo(placement.path("spanId"));
        assertThat(attribute(round, "round.number")).isEqualTo("1");
        assertThat(placement.path("endTimeUnixNano").asLong())
            .isGreaterThanOrEqualTo(round.path("startTimeUnixNano").asLong())
            .isGreaterThan(placement.path("startTimeUnixNano").asLong());
      }
    }
  }

  @Nested
  class OfARequest {
    @Test
    void isMadeWhenItBringsNone() throws Exception {
      try (Collector collector = Collector.start(200);
          ServedNode node =
              ServedNode.start(
                  folder, Map.of("tracing.otlp", collector.url(), "tracing.permille", "1000"))) {
        String made = node.get("/v1/network").header("traceparent");
        assertThat(made).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        JsonNode request = collector.await(TraceContext.of(made).traceId(), "GET /v1/network");
        assertThat(request.has("parentSpanId")).isFalse();
        assertThat(node.get("/v1/network").header("traceparent")).isNotEqualTo(made);
      }
    }

    @Test
    void isNotRecordedWhenItsTraceIsNot() throws Exception {
      try (Collector collector = Collector.start(200);
          ServedNode node =
              ServedNode.start(
                  folder, Map.of("tracing.otlp", collector.url(), "tracing.permille", "0"))) {
        ServedNode.Reply answer = node.get("/v1/network", "traceparent", NOT_SAMPLED);
        assertThat(answer.header("traceparent")).isEqualTo(NOT_SAMPLED);
        assertThat(node.get("/v1/network").header("traceparent")).isEmpty();
        node.get("/v1/network", "traceparent", SAMPLED);
        collector.await(TRACE, "GET /v1/network");
        assertThat(collector.spans()).hasSize(1);
      }
    }

    @Test
    void isPassedBackWhereNothingIsTraced() {
      try (ServedNode node = ServedNode.start(folder, Map.of())) {
        assertThat(node.get("/v1/network", "traceparent", SAMPLED).header("traceparent"))
            .isEqualTo(SAMPLED);
        assertThat(node.get("/v1/network").header("traceparent")).isEmpty();
      }
    }

    @Test
    void doesNotMindACollectorThatTakesNothing() throws Exception {
      try (Collector collector = Collector.start(503);
          ServedNode node =
              ServedNode.start(
                  folder, Map.of("tracing.otlp", collector.url(), "tracing.permille", "1000"))) {
        String made = node.get("/v1/network").header("traceparent");
        collector.await(TraceContext.of(made).traceId(), "GET /v1/network");
        assertThat(node.get("/v1/network").status()).isEqualTo(200);
        assertThat(node.get("/metrics").response().body())
            .contains("phalanx_traces_exported_total 0.0");
      }
    }
  }
}
