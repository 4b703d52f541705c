package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.http.Json;
import java.math.BigInteger;

/**
 * What one reading was answered with.
 *
 * @param charged pico-PHA
 * @param problem NAME of the problem type, "" when the reading was taken
 * @param position of the journal at the answer
 */
record ReadingResult(BigInteger charged, boolean exhausted, String problem, long position) {
  static ReadingResult read(JsonNode result, long position) {
    if (!result.isObject()) {
      return refused("no-result", position);
    }
    JsonNode problem = result.has("problem") ? result.path("problem") : result.path("type");
    if (problem.isMissingNode() || problem.isNull()) {
      BigInteger charged = Json.amount(result.path("charged"));
      return new ReadingResult(charged, result.path("exhausted").asBoolean(), "", position);
    }
    String type = problem.isObject() ? problem.path("type").asText() : problem.asText();
    return refused(type.substring(type.lastIndexOf('/') + 1), position);
  }

  static ReadingResult refused(String problem, long position) {
    return new ReadingResult(BigInteger.ZERO, false, problem, position);
  }

  boolean taken() {
    return problem.isEmpty();
  }
}
