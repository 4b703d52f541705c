package io.phalanx.api.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of deployment files, for editors: the contract's own schema of a request, in a
 * document that stands alone. What the contract says in {@code x-must} editors show where they know
 * {@code patternErrorMessage}.
 */
public final class DeploymentSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String REQUEST = "DeploymentRequest";
  private static final String IN_DOCUMENT = "#/components/schemas/";
  private static final String HERE = "#/$defs/";

  private final JsonNode schemas;
  private final Deque<String> wanted = new ArrayDeque<>();
  private final TreeMap<String, JsonNode> definitions = new TreeMap<>();

  private DeploymentSchema(JsonNode schemas) {
    this.schemas = schemas;
  }

  /** The schema in that contract. */
  public static ObjectNode of(Contract contract) {
    return new DeploymentSchema(contract.document().path("components").path("schemas")).build();
  }

  private ObjectNode build() {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:phalanx:deployment:1");
    schema.put("title", "A deployment of Phalanx");
    ObjectNode request = (ObjectNode) copy(schemas.path(REQUEST));
    ((ObjectNode) request.path("properties"))
        .putObject("$schema")
        .put("type", "string")
        .put("description", "Where this schema is; the command line does not send it");
    schema.setAll(request);
    while (!wanted.isEmpty()) {
      String name = wanted.pop();
      if (!definitions.containsKey(name)) {
        definitions.put(name, copy(schemas.path(name)));
      }
    }
    ObjectNode all = schema.putObject("$defs");
    definitions.forEach(all::set);
    return schema;
  }

  private JsonNode copy(JsonNode node) {
    if (node.isObject()) {
      ObjectNode copy = NODES.objectNode();
      node.forEachEntry((name, value) -> put(copy, name, value));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = NODES.arrayNode();
      node.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return node;
  }

  private void put(ObjectNode copy, String name, JsonNode value) {
    if (name.equals("$ref")) {
      String referred = value.asString().substring(IN_DOCUMENT.length());
      wanted.push(referred);
      copy.put("$ref", HERE + referred);
    } else if (name.equals("x-must")) {
      copy.put("patternErrorMessage", "must " + value.asString());
    } else if (!name.startsWith("x-")) {
      copy.set(name, copy(value));
    }
  }
}
