package io.phalanx.api.support;

import io.phalanx.api.contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Compares answers with what {@code openapi.json} says of them. A plain reading of its own:
 * requests are validated by other code.
 */
public final class DescribedAnswers {
  private static final JsonNode DOCUMENT = TestServer.CONTRACT.document();
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private DescribedAnswers() {}

  /** The statuses that the document names for an operation. */
  public static Set<String> statuses(Operation operation) {
    return new TreeSet<>(responses(operation).propertyNames());
  }

  /** What of an answer is not as the document says; none when all is. */
  public static List<String> differences(Operation operation, RawAnswer answer) {
    JsonNode response = resolved(responses(operation).path("" + answer.status()));
    if (response.isMissingNode()) {
      return List.of("status " + answer.status() + " is not named");
    }
    String type = answer.header("Content-Type").split(";", -1)[0].strip();
    JsonNode content = response.path("content");
    List<String> found = new ArrayList<>();
    if (content.has(type) && type.endsWith("json")) {
      compare(content.path(type).path("schema"), answer.json(), "", found);
    } else if (!content.isEmpty() && !content.has(type)) {
      found.add("content type " + type + " is not named");
    }
    return found;
  }

  private static JsonNode responses(Operation operation) {
    String method = operation.method().toLowerCase(Locale.ROOT);
    return DOCUMENT.path("paths").path(operation.path()).path(method).path("responses");
  }

  private static JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      at = DOCUMENT.at(at.path("$ref").asString().substring(1));
    }
    return at;
  }

  private static void compare(JsonNode described, JsonNode value, String at, List<String> found) {
    JsonNode schema = resolved(described);
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice) && !fitsOne(schema.path(choice), value, at)) {
        found.add(at + " fits none of " + choice);
      }
    }
    schema.path("allOf").forEach(each -> compare(each, value, at, found));
    if (schema.has("type") && !isOfType(schema.path("type"), value)) {
      found.add(at + " is no " + schema.path("type"));
      return;
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      found.add(at + " is none of " + schema.path("enum"));
    }
    if (value.isString() && schema.has("pattern")) {
      String pattern = schema.path("pattern").asString();
      if (!PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(value.asString()).find()) {
        found.add(at + " is not like " + pattern);
      }
    }
    if (value.isArray()) {
      value.forEach(item -> compare(schema.path("items"), item, at + "/*", found));
    }
    if (value.isObject()) {
      compareFields(schema, value, at, found);
    }
  }

  private static void compareFields(
      JsonNode schema, JsonNode value, String at, List<String> found) {
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asString())) {
                found.add(at + "/" + name.asString() + " is absent");
              }
            });
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    value.forEachEntry(
        (name, field) ->
            compare(
                properties.has(name) ? properties.path(name) : others,
                field,
                at + "/" + name,
                found));
  }

  private static boolean fitsOne(JsonNode choices, JsonNode value, String at) {
    for (JsonNode choice : choices) {
      List<String> found = new ArrayList<>();
      compare(choice, value, at, found);
      if (found.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfType(JsonNode types, JsonNode value) {
    if (types.isArray()) {
      return types.valueStream().anyMatch(type -> isOfType(type, value));
    }
    return switch (types.asString()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("a type of no schema: " + types);
    };
  }
}
