package io.phalanx.api.contract;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes schemas out of the document that holds them, so that each can be compiled by itself. */
final class SchemaTree {
  /** Enough for every reference in a document of ours; a cycle is a mistake in it. */
  private static final int MAX_DEPTH = 64;

  /** What says nothing about validity. */
  private static final Set<String> PROSE = Set.of("description", "examples", "default", "summary");

  private SchemaTree() {}

  /** A copy of the node in which every local reference is replaced by what it refers to. */
  static JsonNode inlined(JsonNode node, JsonNode document) {
    return inlined(node, document, 0);
  }

  private static JsonNode inlined(JsonNode node, JsonNode document, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ContractException("references without end near " + node);
    }
    if (node.isObject() && node.has("$ref")) {
      return inlined(resolve(node, document), document, depth + 1);
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.forEachEntry((name, value) -> copy.set(name, inlined(value, document, depth + 1)));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> copy.add(inlined(item, document, depth + 1)));
      return copy;
    }
    return node;
  }

  /** What a local reference refers to; the node itself when it is none. */
  static JsonNode resolve(JsonNode node, JsonNode document) {
    if (!node.has("$ref")) {
      return node;
    }
    String reference = node.get("$ref").asString();
    JsonNode target = reference.startsWith("#/") ? document.at(reference.substring(1)) : null;
    if (target == null || target.isMissingNode()) {
      throw new ContractException("refers to nothing: " + reference);
    }
    return target;
  }

  /** A copy without prose and extensions: only what a validator has to check. */
  static JsonNode bare(JsonNode schema) {
    if (schema.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      schema.forEachEntry(
          (name, value) -> {
            if (name.equals("properties")) {
              copy.set(name, bareMembers(value));
            } else if (!PROSE.contains(name) && !name.startsWith("x-")) {
              copy.set(name, bare(value));
            }
          });
      return copy;
    }
    if (schema.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      schema.forEach(item -> copy.add(bare(item)));
      return copy;
    }
    return schema;
  }

  /** Below "properties" the names are fields, which may be called "description" or "default". */
  private static JsonNode bareMembers(JsonNode properties) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    properties.forEachEntry((name, schema) -> copy.set(name, bare(schema)));
    return copy;
  }
}
