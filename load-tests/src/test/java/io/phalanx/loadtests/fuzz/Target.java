package io.phalanx.loadtests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A POST of the service's contract.
 *
 * @param template its path as the contract writes it
 * @param path the same with ids of things that are there
 * @param valid a body that may well succeed
 * @param bodyRequired whether no body is a fault
 * @param documented the statuses that the contract names
 */
record Target(
    String template, String path, String valid, boolean bodyRequired, Set<Integer> documented) {
  /**
   * Every POST of the contract.
   *
   * @param bodies a valid body for each, by template
   * @throws IllegalStateException for one without
   */
  static List<Target> of(JsonNode contract, Things things, Map<String, String> bodies) {
    List<Target> targets = new ArrayList<>();
    contract
        .path("paths")
        .fields()
        .forEachRemaining(
            path -> {
              JsonNode post = path.getValue().path("post");
              if (!post.isMissingNode()) {
                targets.add(of(contract, path.getKey(), post, things, bodies));
              }
            });
    return targets;
  }

  private static Target of(
      JsonNode contract,
      String template,
      JsonNode post,
      Things things,
      Map<String, String> bodies) {
    String body = bodies.get(template);
    if (body == null) {
      throw new IllegalStateException("no valid body is known for POST " + template);
    }
    Set<Integer> documented = new TreeSet<>();
    post.path("responses")
        .fieldNames()
        .forEachRemaining(one -> documented.add(Integer.valueOf(one)));
    boolean required = body(contract, post).path("required").asBoolean();
    return new Target(template, things.fill(template), body, required, documented);
  }

  private static JsonNode body(JsonNode contract, JsonNode post) {
    JsonNode body = post.path("requestBody");
    String reference = body.path("$ref").asText();
    return reference.isEmpty() ? body : contract.at(reference.substring(1));
  }
}
