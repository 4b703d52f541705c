package io.phalanx.simulator.load;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What a load generator sends.
 *
 * @param baseUrl plain {@code http}
 * @param path with the query
 * @param headers the same on every request; host and content length come by themselves
 * @param idempotencyPrefix each request's key is this and its number; empty for no keys
 * @param body of the request of a number; called once for each request
 */
public record LoadTarget(
    URI baseUrl,
    String method,
    String path,
    Map<String, String> headers,
    String idempotencyPrefix,
    LongFunction<byte[]> body) {

  public LoadTarget {
    headers = Map.copyOf(headers);
    if (!"http".equals(baseUrl.getScheme()) || baseUrl.getHost() == null) {
      throw new IllegalArgumentException("not a plain http address: " + baseUrl);
    }
  }

  int port() {
    return baseUrl.getPort() > 0 ? baseUrl.getPort() : 80;
  }

  /** What all requests begin with. */
  String head() {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    head.append(baseUrl.getHost()).append(':').append(port()).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.toString();
  }

  Buffer request(String head, long number) {
    byte[] bytes = body.apply(number);
    Buffer request = Buffer.buffer(head.length() + bytes.length + 96);
    request.appendString(head);
    if (!idempotencyPrefix.isEmpty()) {
      request.appendString("Idempotency-Key: " + idempotencyPrefix + number + "\r\n");
    }
    request.appendString("Content-Length: " + bytes.length + "\r\n\r\n");
    return request.appendBytes(bytes);
  }
}
