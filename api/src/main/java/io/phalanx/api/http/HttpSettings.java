package io.phalanx.api.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How the server listens and what it puts up with.
 *
 * @param host address to bind
 * @param port port to bind; 0 for any free one
 * @param eventLoops threads that serve connections
 * @param deadline a request, from its first byte to the last byte of its answer, takes no longer
 * @param keepAlive a connection without a request is closed after this
 * @param streamComment how often a stream gets a comment line
 * @param maxConnections further ones are closed at once
 * @param benchmarkEcho whether {@code POST /benchmark/echo} is served
 * @param tls what HTTPS is served with; none for HTTP
 */
public record HttpSettings(
    String host,
    int port,
    int eventLoops,
    Duration deadline,
    Duration keepAlive,
    Duration streamComment,
    int maxConnections,
    boolean benchmarkEcho,
    Optional<Tls> tls) {

  /**
   * What HTTPS is served with.
   *
   * @param certificate PEM file, with those between it and its root
   * @param key PEM file of its private key
   */
  public record Tls(String certificate, String key) {}

  /** The longest request line, in bytes. */
  public static final int MAX_REQUEST_LINE = 8 * 1024;

  /** All headers of a request together, in bytes. */
  public static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Loopback, port 8080, a loop for each core. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          "127.0.0.1",
          8080,
          Math.max(1, Runtime.getRuntime().availableProcessors()),
          Duration.ofSeconds(12), // so that the slowest is gone within 15, its refusal read or not
          Duration.ofSeconds(75),
          Duration.ofSeconds(15),
          10_000,
          false,
          Optional.empty());

  /** Refuses what cannot be listened on. */
  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("http.port must be from 0 to 65535, not " + port);
    }
    if (eventLoops < 1 || maxConnections < 1) {
      throw new IllegalArgumentException("http.event-loops and http.max-connections must be > 0");
    }
    if (deadline.toMillis() < 1 || keepAlive.toMillis() < 1 || streamComment.toMillis() < 1) {
      throw new IllegalArgumentException("http.deadline and http.keep-alive must be > 0");
    }
  }

  /** The same on another port. */
  public HttpSettings withPort(int other) {
    return new HttpSettings(
        host,
        other,
        eventLoops,
        deadline,
        keepAlive,
        streamComment,
        maxConnections,
        benchmarkEcho,
        tls);
  }

  /** The same with another deadline. */
  public HttpSettings withDeadline(Duration other) {
    return new HttpSettings(
        host,
        port,
        eventLoops,
        other,
        keepAlive,
        streamComment,
        maxConnections,
        benchmarkEcho,
        tls);
  }

  /** The same with or without the benchmark's echo. */
  public HttpSettings withBenchmarkEcho(boolean echo) {
    return new HttpSettings(
        host, port, eventLoops, deadline, keepAlive, streamComment, maxConnections, echo, tls);
  }

  /** The same over TLS, or not. */
  public HttpSettings withTls(Optional<Tls> other) {
    return new HttpSettings(
        host,
        port,
        eventLoops,
        deadline,
        keepAlive,
        streamComment,
        maxConnections,
        benchmarkEcho,
        other);
  }
}
