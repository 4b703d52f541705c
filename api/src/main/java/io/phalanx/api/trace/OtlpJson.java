package io.phalanx.api.trace;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spans as an {@code ExportTraceServiceRequest} in OTLP's JSON form: ids in hex, 64-bit integers as
 * strings (opentelemetry-proto 1.x, "OTLP/HTTP, JSON Protobuf Encoding").
 */
final class OtlpJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STATUS_ERROR = 2;

  private final String nodeId;

  OtlpJson(String nodeId) {
    this.nodeId = nodeId;
  }

  byte[] request(List<Span> spans) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    ObjectNode resource = request.putArray("resourceSpans").addObject();
    ArrayNode about = resource.putObject("resource").putArray("attributes");
    attribute(about, "service.name", "phalanx");
    attribute(about, "service.instance.id", nodeId);
    ObjectNode scope = resource.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", "io.phalanx");
    ArrayNode all = scope.putArray("spans");
    spans.forEach(span -> write(span, all.addObject()));
    return JSON.writeValueAsBytes(request);
  }

  private static void write(Span span, ObjectNode node) {
    node.put("traceId", span.context().traceId());
    node.put("spanId", span.context().spanId());
    if (span.parentId() != null) {
      node.put("parentSpanId", span.parentId());
    }
    node.put("name", span.name());
    node.put("kind", span.kind().number());
    node.put("startTimeUnixNano", Long.toString(span.startNanos()));
    node.put("endTimeUnixNano", Long.toString(span.endNanos()));
    ArrayNode attributes = node.putArray("attributes");
    for (Map.Entry<String, Object> each : span.attributes().entrySet()) {
      attribute(attributes, each.getKey(), each.getValue());
    }
    if (span.hasFailed()) {
      node.putObject("status").put("code", STATUS_ERROR);
    }
  }

  private static void attribute(ArrayNode attributes, String key, Object value) {
    ObjectNode written = attributes.addObject().put("key", key).putObject("value");
    if (value instanceof Long number) {
      written.put("intValue", Long.toString(number));
    } else {
      written.put("stringValue", value.toString());
    }
  }
}
