package io.phalanx.api.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the document as people write it and completes it with what is the same everywhere: the
 * errors any operation may answer, the headers every answer has, the headers any caller may send.
 */
public final class ContractLoader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ContractLoader() {}

  /**
   * The contract of this version.
   *
   * @param withBenchmark whether {@code POST /benchmark/echo} is part of it
   */
  public static Contract load(boolean withBenchmark) {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode document = (ObjectNode) read(yaml, "openapi.yaml");
    document.set("components", read(yaml, "components.yaml"));
    if (withBenchmark) {
      ((ObjectNode) document.path("paths")).setAll((ObjectNode) read(yaml, "benchmark.yaml"));
    }
    addHeaders((ObjectNode) document.path("components").path("responses"));
    document.path("paths").forEachEntry(ContractLoader::complete);
    return Contract.compile(document);
  }

  private static JsonNode read(YAMLMapper yaml, String name) {
    String path = "/io/phalanx/api/openapi/" + name;
    try (InputStream in = ContractLoader.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new ContractException("not in the jar: " + path);
      }
      return yaml.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void complete(String path, JsonNode item) {
    boolean hasId = path.contains("{");
    item.forEachEntry(
        (method, node) -> {
          if (!method.equals("parameters")) {
            complete((ObjectNode) node, method, path.startsWith("/v1/"), hasId);
          }
        });
  }

  private static void complete(ObjectNode operation, String method, boolean domain, boolean hasId) {
    ObjectNode responses = (ObjectNode) operation.path("responses");
    boolean hasParameters = hasId || operation.has("parameters");
    addProblem(responses, "400", "It cannot be read (malformed)");
    if (hasId) {
      addProblem(responses, "404", "Not there, or not the caller's (not-found)");
    }
    if (operation.has("requestBody")) {
      addProblem(responses, "413", "The body is too long (too-large)");
      addProblem(responses, "415", "The body is not JSON (malformed)");
    }
    if (domain || hasParameters) {
      addProblem(responses, "422", "Well-formed but not valid; names every fault");
    }
    if (domain) {
      completeDomain(operation, responses, method);
    }
    addHeaders(responses);
  }

  private static void completeDomain(ObjectNode operation, ObjectNode responses, String method) {
    boolean reads = method.equals("get");
    addParameter(operation, "Developer");
    addParameter(operation, "Traceparent");
    addParameter(operation, reads ? "MinJournalPosition" : "IdempotencyKey");
    if (!reads) {
      addProblem(responses, "409", "In conflict with the present state");
    }
    addProblem(responses, "401", "No key or signature that counts (unauthenticated, replayed)");
    addProblem(responses, "403", "Callers of another role may do this (forbidden)");
    addProblem(responses, "429", "Too many requests, or a quota is used up");
    addProblem(responses, "503", "Not done; repeat after Retry-After (no-leader)");
    addProblem(
        responses,
        "504",
        reads
            ? "The state is not that new yet (position-not-reached)"
            : "May have been done; repeat with the same Idempotency-Key");
  }

  private static void addParameter(ObjectNode operation, String name) {
    operation
        .withArrayProperty("parameters")
        .add(NODES.objectNode().put("$ref", "#/components/parameters/" + name));
  }

  private static void addProblem(ObjectNode responses, String status, String description) {
    if (responses.has(status)) {
      return;
    }
    ObjectNode response = responses.putObject(status).put("description", description);
    response
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  private static void addHeaders(ObjectNode responses) {
    responses.forEach(
        response -> {
          if (response.has("$ref")) {
            return; // shared by operations: described where it stands
          }
          ObjectNode headers = ((ObjectNode) response).withObjectProperty("headers");
          for (String name :
              List.of("Request-Id", "Journal-Position", "Leader-Epoch", "Cache-Control")) {
            headers.putObject(name).put("$ref", "#/components/headers/" + name);
          }
        });
  }
}
