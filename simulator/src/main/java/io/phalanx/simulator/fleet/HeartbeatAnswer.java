package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.phalanx.simulator.http.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a heartbeat is answered with.
 *
 * @param nextMs when to come again, in milliseconds
 */
record HeartbeatAnswer(String state, long nextMs, List<Offer> assignments) {
  private static final String USUAL_TEXT = "PT10S";
  private static final long USUAL_MS = 10_000;
  private static final long LEAST_MS = 20;
  private static final long MOST_MS = 3_600_000;

  static HeartbeatAnswer read(Buffer body) {
    Reader reader = new Reader();
    Json.read(body, reader::field);
    return new HeartbeatAnswer(reader.state, reader.nextMs, reader.assignments);
  }

  /** Bounded, for whatever a service says, a miner neither floods it nor goes away for ever. */
  static long millis(String duration) {
    if (duration.equals(USUAL_TEXT)) {
      return USUAL_MS;
    }
    try {
      return Math.max(LEAST_MS, Math.min(MOST_MS, Duration.parse(duration).toMillis()));
    } catch (DateTimeParseException | ArithmeticException e) {
      return USUAL_MS;
    }
  }

  private static final class Reader {
    private final List<Offer> assignments = new ArrayList<>(1);
    private String state = "";
    private long nextMs = USUAL_MS;

    void field(String name, JsonParser value) throws IOException {
      switch (name) {
        case "state" -> state = value.getValueAsString("");
        case "nextHeartbeatIn" -> nextMs = millis(value.getValueAsString(""));
        case "assignments" -> readAssignments(value);
        default -> {
          // a client ignores what it does not know
        }
      }
    }

    private void readAssignments(JsonParser json) throws IOException {
      while (json.currentToken() == JsonToken.START_ARRAY
          || json.currentToken() == JsonToken.END_OBJECT) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          assignments.add(Offer.read(json));
        }
      }
    }
  }
}
