package io.phalanx.api.auth;

import io.phalanx.api.contract.Operation;
import io.vertx.core.MultiMap;

/**
 * The head of a request that has found its operation; its body is still on the way.
 *
 * @param operation what is called
 * @param method as it was sent
 * @param uri the request target as it was sent
 * @param headers all of them, as they were sent
 * @param remote the address of the peer
 * @param secure whether it came over TLS
 */
public record Head(
    Operation operation,
    String method,
    String uri,
    MultiMap headers,
    String remote,
    boolean secure) {

  /** How long the body is at most, bytes. */
  long bodyBytes() {
    String length = headers.get("Content-Length");
    if (length != null) {
      return Long.parseLong(length); // the server has checked that it is a number within the limit
    }
    return headers.contains("Transfer-Encoding") ? operation.maxBodyBytes() : 0;
  }
}
