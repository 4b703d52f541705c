package io.phalanx.api.contract;

import io.phalanx.api.json.Parsed;
import io.phalanx.api.problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One method of one path of the document.
 *
 * @param id its operationId
 * @param method HTTP method, upper case
 * @param path template such as {@code /v1/miners/{minerId}}
 * @param parameters in path, query and headers
 * @param bodyRule what its body must be; empty when it takes none
 * @param bodyRequired whether it must have one
 * @param mediaTypes content types its body may have
 * @param maxBodyBytes a longer body is refused
 * @param streams whether it answers with server-sent events
 */
public record Operation(
    String id,
    String method,
    String path,
    List<Parameter> parameters,
    Optional<ValueRule> bodyRule,
    boolean bodyRequired,
    Set<String> mediaTypes,
    int maxBodyBytes,
    boolean streams) {

  /** Length of a body unless the document allows more. */
  public static final int USUAL_MAX_BODY_BYTES = 64 * 1024;

  /** Copies the collections. */
  public Operation {
    parameters = List.copyOf(parameters);
    mediaTypes = Set.copyOf(mediaTypes);
  }

  /** The same with another limit on its body. */
  Operation withMaxBody(int bytes) {
    return new Operation(
        id, method, path, parameters, bodyRule, bodyRequired, mediaTypes, bytes, streams);
  }

  /** The segments of the path, templates included. */
  public List<String> segments() {
    return List.of(path.substring(1).split("/"));
  }

  /** Everything wrong with a body. */
  public List<Fault> bodyFaults(Parsed.Document body) {
    List<Fault> faults = bodyRule.map(rule -> rule.faults(body.root())).orElse(List.of());
    List<Fault> across = CrossCheck.faults(id, body);
    if (across.isEmpty()) {
      return faults;
    }
    List<Fault> all = new ArrayList<>(faults);
    across.stream().filter(fault -> !isNamed(fault, faults)).forEach(all::add);
    return all;
  }

  private static boolean isNamed(Fault fault, List<Fault> faults) {
    return faults.stream().anyMatch(other -> other.pointer().equals(fault.pointer()));
  }

  static Operation of(
      String method, String path, JsonNode path0, JsonNode node, JsonNode document) {
    List<Parameter> parameters = new ArrayList<>();
    path0.path("parameters").forEach(each -> parameters.add(Parameter.of(each, document)));
    node.path("parameters").forEach(each -> parameters.add(Parameter.of(each, document)));
    JsonNode body = SchemaTree.resolve(node.path("requestBody"), document);
    JsonNode content = body.path("content");
    Optional<ValueRule> rule =
        content.isMissingNode()
            ? Optional.empty()
            : Optional.of(ValueRule.of(content.iterator().next().path("schema"), document));
    JsonNode success = SchemaTree.resolve(node.path("responses").path("200"), document);
    return new Operation(
        node.path("operationId").asString(),
        method,
        path,
        parameters,
        rule,
        body.path("required").asBoolean(false),
        Set.copyOf(content.propertyNames()),
        node.path("x-max-body").asInt(USUAL_MAX_BODY_BYTES),
        success.path("content").has("text/event-stream"));
  }
}
