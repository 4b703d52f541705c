package io.phalanx.api.contract;

import io.phalanx.api.problem.Fault;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A field that holds a duration, which a pattern cannot bound: more than nothing, and no longer
 * than is sensible.
 *
 * @param path names of the fields from the top of the body to this one
 * @param longest no duration here is longer
 */
record DurationRule(List<String> path, Duration longest) {
  private static final Duration TEN_YEARS = Duration.ofDays(3_650);

  DurationRule {
    path = List.copyOf(path);
  }

  /** The rules for every field of a schema that is marked {@code x-duration}. */
  static List<DurationRule> in(JsonNode schema) {
    List<DurationRule> rules = new ArrayList<>();
    collect(schema, List.of(), rules);
    return List.copyOf(rules);
  }

  private static void collect(JsonNode schema, List<String> path, List<DurationRule> rules) {
    if (schema.has("x-duration")) {
      Duration longest =
          schema.has("x-longest") ? Duration.parse(schema.get("x-longest").asString()) : TEN_YEARS;
      rules.add(new DurationRule(path, longest));
    }
    schema.path("anyOf").forEach(member -> collect(member, path, rules));
    schema
        .path("properties")
        .forEachEntry(
            (name, member) -> {
              List<String> deeper = new ArrayList<>(path);
              deeper.add(name);
              collect(member, deeper, rules);
            });
  }

  private String longestText() {
    return longest.toDays() > 0 ? "P" + longest.toDays() + "D" : longest.toString();
  }

  Optional<Fault> fault(JsonNode body) {
    JsonNode value = body;
    for (String name : path) {
      value = value.path(name);
    }
    if (!value.isString()) {
      return Optional.empty(); // absent, null, or a fault that the schema has named
    }
    Duration duration;
    try {
      duration = Duration.parse(value.asString());
    } catch (DateTimeParseException | ArithmeticException notADuration) {
      return Optional.empty(); // named by the pattern
    }
    String pointer = "/" + String.join("/", path);
    if (duration.isZero() || duration.isNegative()) {
      return Optional.of(Fault.body(pointer, "must be longer than nothing"));
    }
    if (duration.compareTo(longest) > 0) {
      String sentence = "must be at most " + longestText();
      return Optional.of(Fault.body(pointer, sentence));
    }
    return Optional.empty();
  }
}
