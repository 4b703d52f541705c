package io.phalanx.api.http;

import io.phalanx.api.auth.Credentials;
import io.phalanx.api.contract.Operation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that fits the contract: every parameter and the body are as the document says.
 *
 * @param operation what is called
 * @param requestId names it in logs
 * @param path values of the path's templates by name
 * @param query values of the query by name, as they were sent
 * @param headers what the headers said
 * @param body the body; missing node without one
 * @param bodyBytes the body as it was sent; empty without one
 * @param credentials what it has proved of who sent it
 * @param loop runs things on the event loop of the connection
 */
@SuppressWarnings("ArrayRecordComponent") // read only
public record Call(
    Operation operation,
    String requestId,
    Map<String, String> path,
    Map<String, String> query,
    RequestHeaders headers,
    JsonNode body,
    byte[] bodyBytes,
    Credentials credentials,
    Executor loop) {

  /** The same for another try at it. */
  public Call again() {
    return new Call(
        operation, requestId, path, query, headers, body, bodyBytes, credentials.again(), loop);
  }

  /** The value of a template of the path. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException(operation.path() + " has no " + name);
    }
    return value;
  }

  /** The value of a query parameter, or null. */
  public @Nullable String query(String name) {
    return query.get(name);
  }

  /** The value of an integer of the query, or else what it is without one. */
  public long query(String name, long otherwise) {
    String value = query.get(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  /** The value of a flag of the query; false without one. */
  public boolean flag(String name) {
    return "true".equals(query.get(name));
  }

  /** The values of a list of the query; empty without one. */
  public List<String> list(String name) {
    String value = query.get(name);
    return value == null ? List.of() : List.of(value.split(",", -1));
  }
}
