package io.phalanx.api.http;

import io.phalanx.api.json.JsonBytes;
import io.phalanx.api.problem.Problem;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What an endpoint answers. */
public sealed interface Answer {

  /** Media type of all answers but problems and streams. */
  String JSON = "application/json";

  /**
   * A whole answer.
   *
   * @param status HTTP status
   * @param contentType of the body
   * @param body never changed after
   * @param headers beside those every answer has
   * @param position the state it comes from; none for the one reads are served from now
   */
  @SuppressWarnings("ArrayRecordComponent") // written once and never compared
  record Whole(
      int status,
      String contentType,
      byte[] body,
      Map<String, String> headers,
      @Nullable Position position)
      implements Answer {}

  /**
   * Server-sent events.
   *
   * @param source gets the stream once its head is sent
   */
  record Stream(Consumer<EventStream> source) implements Answer {}

  /** A JSON answer. */
  static Whole json(int status, Consumer<JsonGenerator> writer) {
    return new Whole(status, JSON, JsonBytes.write(writer), Map.of(), null);
  }

  /** A JSON answer that is already bytes. */
  static Whole json(int status, byte[] body, Map<String, String> headers, Position position) {
    return new Whole(status, JSON, body, headers, position);
  }

  /** A refusal. */
  static Whole problem(Problem problem) {
    return problem(problem, null);
  }

  /** A refusal that was decided on a certain state. */
  static Whole problem(Problem problem, @Nullable Position position) {
    return new Whole(
        problem.status(),
        "application/problem+json",
        problem.toBytes(),
        problem.headers(),
        position);
  }

  /** A fault of ours. */
  static Whole internalError(String requestId) {
    byte[] body =
        JsonBytes.write(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("type", "about:blank");
              json.writeStringProperty("title", "Internal Server Error");
              json.writeNumberProperty("status", 500);
              json.writeStringProperty(
                  "detail", "A fault of the service; its log names request " + requestId + ".");
              json.writeEndObject();
            });
    return new Whole(500, "application/problem+json", body, Map.of(), null);
  }
}
