package io.phalanx.api.support;

import io.phalanx.api.contract.Operation;
import io.phalanx.api.contract.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values made from schemas by a seed: mostly valid, now and then not, from few names. */
public final class SchemaValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] NAMES = {"d-1", "d-3", "a-5", "dev", "ann", "op-1", "eu", "x"};
  private static final String[] ODD = {
    "",
    " ",
    "\u0000",
    "\uD83D\uDE00",
    "NaN",
    "-1",
    "1e9",
    "null",
    "' OR 1=1",
    "../..",
    "\n",
    "A",
    "9007199254740992",
    "99999999999999999999",
    "PT",
    "P1Y",
    "<script>",
    "%s%n"
  };

  private final SplittableRandom random;

  /** Values by that seed. */
  public SchemaValues(SplittableRandom random) {
    this.random = random;
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** The text of a parameter. */
  public String parameter(Parameter parameter) {
    JsonNode value = value(parameter.described());
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(text(item)));
      return String.join(",", items);
    }
    return text(value);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }

  /** A body, which now and then is cut off or no object. */
  public String body(Operation operation) {
    String text = value(operation.bodyRule().orElseThrow().described()).toString();
    if (oneIn(25)) {
      return text.substring(0, random.nextInt(text.length() + 1));
    }
    return oneIn(40) ? "[" + text + "]" : text;
  }

  private JsonNode value(JsonNode schema) {
    if (oneIn(40)) {
      return odd();
    }
    JsonNode choices = schema.has("enum") ? schema.path("enum") : schema.path("examples");
    if (!choices.isEmpty() && !oneIn(3) && !schema.has("properties")) {
      return choices.get(random.nextInt(choices.size()));
    }
    if (schema.has("anyOf")) {
      return value(schema.path("anyOf").get(random.nextInt(schema.path("anyOf").size())));
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.get(0).asString() : type.asString("string");
    return switch (name) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" -> integer(schema);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> string(schema);
    };
  }

  private JsonNode odd() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.numberNode(random.nextLong());
      case 2 -> NODES.numberNode(1.5);
      case 3 -> NODES.arrayNode();
      case 4 -> NODES.objectNode();
      default -> NODES.stringNode(ODD[random.nextInt(ODD.length)]);
    };
  }

  private JsonNode object(JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    JsonNode required = schema.path("required");
    schema
        .path("properties")
        .forEachEntry(
            (name, property) -> {
              boolean isRequired = false;
              for (JsonNode each : required) {
                isRequired |= each.asString().equals(name);
              }
              if (isRequired ? !oneIn(40) : oneIn(3)) {
                object.set(name, value(property));
              }
            });
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject() || oneIn(40)) {
      object.set(oneIn(4) ? ODD[random.nextInt(ODD.length)] : "team", NODES.stringNode("x"));
    }
    return object;
  }

  private JsonNode array(JsonNode schema) {
    ArrayNode array = NODES.arrayNode();
    int size = Math.max(schema.path("minItems").asInt(0), random.nextInt(4));
    for (int i = 0; i < size; i++) {
      array.add(value(schema.path("items")));
    }
    return array;
  }

  private JsonNode integer(JsonNode schema) {
    long low = schema.path("minimum").asLong(0);
    long high = schema.path("maximum").asLong(1_000);
    return NODES.numberNode(
        switch (random.nextInt(8)) {
          case 0 -> low;
          case 1 -> high;
          case 2 -> oneIn(4) ? low - 1 : low + 1;
          case 3 -> oneIn(4) ? high + 1 : high;
          default -> low + random.nextLong(Math.min(10, high - low + 1));
        });
  }

  private JsonNode string(JsonNode schema) {
    String pattern = schema.path("pattern").asString("");
    if (pattern.startsWith("^[0-9a-f]{64}")) {
      return NODES.stringNode(ServedNode.miner(random.nextInt(4)));
    }
    if (pattern.startsWith("^(0|[1-9]") || pattern.startsWith("^[1-9]")) {
      return NODES.stringNode(
          oneIn(4) ? "9".repeat(30) : Integer.toString(random.nextInt(1, 10_000)));
    }
    return NODES.stringNode(NAMES[random.nextInt(NAMES.length)]);
  }
}
