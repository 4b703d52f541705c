package io.phalanx.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.phalanx.api.auth.Gate;
import io.phalanx.api.trace.Tracer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop of the server: its connections, requests and streams. */
final class HttpLoop extends VerticleBase {
  private static final long DRAIN_SECONDS = 5;
  private static final long SWEEPS_WITHIN_DEADLINE = 30;

  /**
   * What the kernel keeps for a client, in bytes; it takes twice of it. By itself it would keep
   * some megabytes for each that does not read, and nobody would see that it does not.
   */
  private static final int SEND_BUFFER = 128 * 1024;

  private final Shared shared;
  private final int port;
  private final String idPrefix;
  private final Set<ConnectionGuard> guards = new HashSet<>();
  private final Set<EventStream> streams = new HashSet<>();
  private long requests;

  @SuppressWarnings("NullAway.Init") // set by Vert.x before anything else runs
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // likewise
  private LoopInbox inbox;

  /**
   * What all loops of a server have in common.
   *
   * @param settings how it listens
   * @param routes where requests go
   * @param node what is behind it
   * @param gate who comes in
   * @param registry counts
   * @param tracer makes spans of requests
   * @param connections how many there are
   */
  record Shared(
      HttpSettings settings,
      RouteTable routes,
      NodeView node,
      Gate gate,
      MeterRegistry registry,
      Tracer tracer,
      AtomicInteger connections) {}

  HttpLoop(Shared shared, int port, String idPrefix) {
    this.shared = shared;
    this.port = port;
    this.idPrefix = idPrefix;
  }

  @Override
  public Future<?> start() {
    inbox = new LoopInbox(context);
    HttpSettings settings = shared.settings;
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(port)
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            .setAcceptBacklog(4_096)
            .setSendBufferSize(SEND_BUFFER)
            .setMaxInitialLineLength(HttpSettings.MAX_REQUEST_LINE)
            .setMaxHeaderSize(HttpSettings.MAX_HEADER_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setIdleTimeout(0);
    settings.tls().ifPresent(tls -> secure(options, tls));
    long deadlineMs = settings.deadline().toMillis();
    long periodMs = Math.max(10, Math.min(500, deadlineMs / SWEEPS_WITHIN_DEADLINE));
    vertx.setPeriodic(periodMs, ignored -> sweep());
    vertx.setPeriodic(settings.streamComment().toMillis(), ignored -> comment());
    server = vertx.createHttpServer(options);
    server
        .connectionHandler(connection -> connected(connection, options))
        .requestHandler(request -> new Exchange(this, guardOf(request), request).begin())
        .invalidRequestHandler(this::undecodable)
        .exceptionHandler(ignored -> {}); // a client's broken connection is no news
    return server.listen();
  }

  /** No ALPN, for only HTTP/1.1 is spoken; the versions of TLS are those without known faults. */
  private static void secure(HttpServerOptions options, HttpSettings.Tls tls) {
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setKeyCertOptions(
            new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
  }

  @Override
  public Future<?> stop() {
    List.copyOf(streams).forEach(EventStream::end);
    return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
  }

  int actualPort() {
    return server.actualPort();
  }

  RouteTable routes() {
    return shared.routes;
  }

  Gate gate() {
    return shared.gate;
  }

  Tracer tracer() {
    return shared.tracer;
  }

  NodeView node() {
    return shared.node;
  }

  String nextRequestId() {
    return idPrefix + Long.toString(++requests, 36);
  }

  /** Runs it on this loop, at once when this already is it. */
  void run(Runnable action) {
    if (((ContextInternal) context).inThread()) {
      action.run();
    } else {
      context.runOnContext(ignored -> action.run());
    }
  }

  /** Runs things on this loop, many with one hand-over. */
  LoopInbox inbox() {
    return inbox;
  }

  void opened(EventStream stream) {
    streams.add(stream);
  }

  void closed(EventStream stream) {
    streams.remove(stream);
  }

  void countUnrouted(int status) {
    shared
        .registry
        .counter("phalanx.http.unrouted", "status", Integer.toString(status))
        .increment();
  }

  /**
   * Vert.x hands out no place in front of its decoder and none to replace it, so this reaches into
   * the connection; the version is pinned and a raw-socket test holds what is relied on.
   */
  private void connected(HttpConnection connection, HttpServerOptions options) {
    Channel channel = ((Http1xServerConnection) connection).channelHandlerContext().channel();
    if (shared.connections.incrementAndGet() > shared.settings.maxConnections()) {
      shared.connections.decrementAndGet();
      var unused = channel.close();
      return;
    }
    ConnectionGuard.Limits limits =
        new ConnectionGuard.Limits(
            shared.settings.deadline().toNanos(), shared.settings.keepAlive().toNanos());
    ConnectionGuard guard = new ConnectionGuard(channel, limits, this::disconnected);
    guards.add(guard);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.replace(
        "httpDecoder", "httpDecoder", new StrictRequestDecoder(options, guard::badBody));
    pipeline.addFirst("guard", guard);
  }

  private void disconnected(ConnectionGuard guard) {
    if (guards.remove(guard)) {
      shared.connections.decrementAndGet();
    }
  }

  private static ConnectionGuard guardOf(HttpServerRequest request) {
    Http1xServerConnection connection = (Http1xServerConnection) request.connection();
    return connection.channelHandlerContext().pipeline().get(ConnectionGuard.class);
  }

  private void undecodable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    new Exchange(this, guardOf(request), request)
        .beginUndecodable(cause == null ? new IllegalArgumentException("undecodable") : cause);
  }

  private void sweep() {
    long now = System.nanoTime();
    List.copyOf(guards).forEach(guard -> guard.sweep(now));
  }

  private void comment() {
    streams.forEach(EventStream::comment);
  }
}
