package io.phalanx.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * One request to the service, the same bytes each time it is repeated.
 *
 * @param path with the query, beginning with {@code /}
 * @param body empty for none
 * @param developer for whom, in open mode; empty for nobody in particular
 * @param idempotencyKey empty for none
 * @param minPosition the journal position that a read must at least show, 0 for any
 */
public record Call(
    HttpMethod method,
    String path,
    Buffer body,
    String developer,
    String idempotencyKey,
    long minPosition) {
  private static final Buffer NOTHING = Buffer.buffer();

  public static Call get(String path) {
    return new Call(HttpMethod.GET, path, NOTHING, "", "", 0);
  }

  public static Call delete(String path) {
    return new Call(HttpMethod.DELETE, path, NOTHING, "", "", 0);
  }

  public static Call post(String path, Buffer body) {
    return new Call(HttpMethod.POST, path, body, "", "", 0);
  }

  public static Call patch(String path, Buffer body) {
    return new Call(HttpMethod.PATCH, path, body, "", "", 0);
  }

  /** A POST that creates: it happens once, however often it is sent. */
  public static Call create(String path, Buffer body, String idempotencyKey) {
    return new Call(HttpMethod.POST, path, body, "", idempotencyKey, 0);
  }

  public Call by(String name) {
    return new Call(method, path, body, name, idempotencyKey, minPosition);
  }

  /** Answered only from a state that holds everything up to this position. */
  public Call atLeast(long position) {
    return new Call(method, path, body, developer, idempotencyKey, position);
  }
}
