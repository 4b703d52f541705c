package io.phalanx.api.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI document and what was compiled from it.
 *
 * @param document as served at {@code /openapi.json}
 * @param operations every method of every path
 */
public record Contract(JsonNode document, List<Operation> operations) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Copies the list. */
  public Contract {
    operations = List.copyOf(operations);
  }

  static Contract compile(JsonNode document) {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, node) -> {
                      if (METHODS.contains(method)) {
                        String upper = method.toUpperCase(java.util.Locale.ROOT);
                        operations.add(Operation.of(upper, path, item, node, document));
                      }
                    }));
    return new Contract(document, operations);
  }

  /**
   * The same with other limits on bodies.
   *
   * @param usual bytes of a body unless the document allows more
   * @param large bytes of a body where it does: batches of readings
   */
  public Contract withBodyLimits(int usual, int large) {
    return new Contract(
        document,
        operations.stream()
            .map(
                operation ->
                    operation.withMaxBody(
                        operation.maxBodyBytes() > Operation.USUAL_MAX_BODY_BYTES ? large : usual))
            .toList());
  }
}
