package io.phalanx.api.contract;

import io.phalanx.api.problem.Fault;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A parameter in the path, the query or a header.
 *
 * @param name as it is written there
 * @param in where it is
 * @param type what it is read as
 * @param rule what its value must be
 */
public record Parameter(String name, In in, Type type, ValueRule rule) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The digits of 2^63-1, and a sign. */
  private static final int LONGEST_INTEGER = 18;

  /** A part of a request that has parameters. */
  public enum In {
    PATH,
    QUERY,
    HEADER
  }

  /** How the text of a parameter is read. */
  public enum Type {
    TEXT,
    INTEGER,
    FLAG,
    TEXTS,
    INTEGERS
  }

  static Parameter of(JsonNode node, JsonNode document) {
    JsonNode parameter = SchemaTree.resolve(node, document);
    ValueRule rule = ValueRule.of(parameter.path("schema"), document);
    In in =
        switch (parameter.path("in").asString()) {
          case "path" -> In.PATH;
          case "query" -> In.QUERY;
          case "header" -> In.HEADER;
          default -> throw new ContractException("a parameter in no known place: " + parameter);
        };
    return new Parameter(parameter.path("name").asString(), in, typeOf(rule.described()), rule);
  }

  private static Type typeOf(JsonNode schema) {
    return switch (schema.path("type").asString()) {
      case "string" -> Type.TEXT;
      case "integer" -> Type.INTEGER;
      case "boolean" -> Type.FLAG;
      case "array" ->
          schema.path("items").path("type").asString().equals("integer")
              ? Type.INTEGERS
              : Type.TEXTS;
      default -> throw new ContractException("a parameter of no known type: " + schema);
    };
  }

  /** Its schema, with all references replaced. */
  public JsonNode described() {
    return rule.described();
  }

  /** Everything wrong with the parameter's text; empty when nothing is. */
  public List<Fault> faults(String text) {
    Fault.Place place = in == In.HEADER ? Fault.Place.HEADER : Fault.Place.QUERY;
    return rule.faults(value(text)).stream()
        .map(fault -> new Fault(place, "/" + name, fault.detail()))
        .distinct()
        .toList();
  }

  /** The text as the value that the schema speaks of; what is no number stays a text. */
  private JsonNode value(String text) {
    return switch (type) {
      case TEXT -> NODES.stringNode(text);
      case INTEGER -> integer(text);
      case FLAG -> flag(text);
      case TEXTS, INTEGERS -> list(text);
    };
  }

  private JsonNode list(String text) {
    ArrayNode items = NODES.arrayNode();
    for (String item : text.split(",", -1)) {
      items.add(type == Type.INTEGERS ? integer(item) : NODES.stringNode(item));
    }
    return items;
  }

  private static JsonNode flag(String text) {
    return switch (text) {
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      default -> NODES.stringNode(text);
    };
  }

  private static JsonNode integer(String text) {
    int digits = text.startsWith("-") ? text.length() - 1 : text.length();
    boolean plain = digits > 0 && digits <= LONGEST_INTEGER;
    for (int i = text.length() - digits; i < text.length(); i++) {
      plain &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return plain ? NODES.numberNode(Long.parseLong(text)) : NODES.stringNode(text);
  }
}
