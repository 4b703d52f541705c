package io.phalanx.api.contract;

import com.networknt.schema.Error;
import io.phalanx.api.problem.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns what a validator finds into a pointer and a sentence that a person can act on. */
final class FaultSentence {
  private static final int LONGEST_NAME_SHOWN = 80;

  private FaultSentence() {}

  /** The fault; null when it only says that an alternative did not apply. */
  static @Nullable Fault of(Error error, JsonNode described) {
    JsonNode schema = parentSchema(error, described);
    if (schema.path("type").asString("").equals("null")) {
      return null; // "or null": what is wrong is said of the other alternative
    }
    String pointer = error.getInstanceLocation().toString();
    String property = error.getProperty();
    return switch (error.getKeyword()) {
      case "required" -> Fault.body(member(pointer, property), "is required");
      case "additionalProperties" ->
          Fault.body(member(pointer, property), unknownField(schema, property));
      default -> Fault.body(pointer, sentence(error, schema));
    };
  }

  private static JsonNode parentSchema(Error error, JsonNode described) {
    String path = error.getEvaluationPath().toString();
    return described.at(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
  }

  private static String sentence(Error error, JsonNode schema) {
    JsonNode limit = schema.path(error.getKeyword());
    return switch (error.getKeyword()) {
      case "type" -> wrongType(error, schema);
      case "pattern" -> "must " + schema.path("x-must").asString("match " + limit.asString());
      case "propertyNames" -> "must " + limit.path("x-must").asString("have other names");
      case "enum" -> "must be one of " + listed(limit);
      case "minimum", "maximum" -> range(schema);
      case "minLength", "maxLength" -> count(schema, "Length", "character", "be", "long");
      case "minItems", "maxItems" -> count(schema, "Items", "item", "have", "");
      case "minProperties", "maxProperties" -> count(schema, "Properties", "field", "have", "");
      case "uniqueItems" -> "must not hold the same item twice";
      default -> error.getMessage();
    };
  }

  private static String wrongType(Error error, JsonNode schema) {
    List<String> wanted = new ArrayList<>();
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      type.forEach(each -> wanted.add(withArticle(each.asString())));
    } else {
      wanted.add(withArticle(type.asString()));
    }
    JsonNode value = error.getInstanceNode();
    String want = "must be " + String.join(" or ", wanted);
    if (wanted.contains("an integer") && value != null && value.isNumber()) {
      return want + " without fraction or exponent";
    }
    return value == null ? want : want + ", not " + withArticle(typeOf(value));
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> "number";
      case OBJECT, POJO -> "object";
      case STRING, BINARY -> "string";
      case MISSING -> "nothing";
    };
  }

  private static String withArticle(String type) {
    return switch (type) {
      case "null", "nothing" -> type;
      case "integer", "object", "array" -> "an " + type;
      default -> "a " + type;
    };
  }

  private static String listed(JsonNode values) {
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(value.isNull() ? "null" : value.asString()));
    return String.join(", ", names);
  }

  private static String range(JsonNode schema) {
    JsonNode low = schema.path("minimum");
    JsonNode high = schema.path("maximum");
    if (low.isMissingNode()) {
      return "must be at most " + high.asString();
    }
    return high.isMissingNode()
        ? "must be at least " + low.asString()
        : "must be from " + low.asString() + " to " + high.asString();
  }

  private static String count(
      JsonNode schema, String of, String unit, String verb, String adjective) {
    int low = schema.path("min" + of).asInt(0);
    int high = schema.path("max" + of).asInt(Integer.MAX_VALUE);
    String tail = (high == 1 ? unit : unit + "s") + (adjective.isEmpty() ? "" : " " + adjective);
    if (high == Integer.MAX_VALUE) {
      return "must " + verb + " at least " + low + " " + tail;
    }
    return low == 0
        ? "must " + verb + " at most " + high + " " + tail
        : "must " + verb + " " + low + " to " + high + " " + tail;
  }

  private static String unknownField(JsonNode schema, String name) {
    String closest = null;
    for (String known : schema.path("properties").propertyNames()) {
      if (name.length() <= LONGEST_NAME_SHOWN && Spelling.isSlipOf(name, known)) {
        closest = known;
      }
    }
    String sentence = "is not a known field";
    return closest == null ? sentence : sentence + "; did you mean '" + closest + "'?";
  }

  static String member(String pointer, String property) {
    return pointer + "/" + property.replace("~", "~0").replace("/", "~1");
  }
}
