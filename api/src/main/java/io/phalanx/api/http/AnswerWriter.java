package io.phalanx.api.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Writes the one answer of a request, with the headers that every answer has. */
final class AnswerWriter {
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("Request-Id");
  private static final CharSequence POSITION = HttpHeaders.createOptimized("Journal-Position");
  private static final CharSequence EPOCH = HttpHeaders.createOptimized("Leader-Epoch");
  private static final int STREAM_QUEUE_BYTES = 256 * 1024;

  private final HttpLoop loop;
  private final ConnectionGuard guard;
  private final HttpServerRequest request;
  private final String requestId;
  private final long beganNanos = System.nanoTime();
  private @Nullable RouteTimers timers;
  private @Nullable String traceparent;
  private @Nullable EventStream stream;
  private boolean written;
  private boolean closeAfter;

  AnswerWriter(HttpLoop loop, ConnectionGuard guard, HttpServerRequest request, String requestId) {
    this.loop = loop;
    this.guard = guard;
    this.request = request;
    this.requestId = requestId;
  }

  void timers(RouteTimers route) {
    timers = route;
  }

  void traceparent(@Nullable String context) {
    traceparent = context;
  }

  /** The connection ends with this answer. */
  void closeAfter() {
    closeAfter = true;
  }

  boolean isWritten() {
    return written;
  }

  void write(Answer answer) {
    HttpServerResponse response = request.response();
    if (written || response.closed()) {
      return; // the deadline was first, or the client has gone
    }
    written = true;
    if (answer instanceof Answer.Whole whole) {
      writeWhole(response, whole);
    } else {
      writeStream(response, (Answer.Stream) answer);
    }
  }

  private void writeWhole(HttpServerResponse response, Answer.Whole answer) {
    response.setStatusCode(answer.status());
    MultiMap headers = response.headers();
    putUsual(headers, answer.position() == null ? loop.node().position() : answer.position());
    if (!answer.headers().isEmpty()) {
      answer.headers().forEach(headers::set);
    }
    if (answer.body().length > 0) {
      headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    if (closeAfter) {
      headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
      response.end().onComplete(ignored -> sent());
    } else {
      response.end(Buffer.buffer(answer.body())).onComplete(ignored -> sent());
    }
    count(answer.status());
  }

  private void writeStream(HttpServerResponse response, Answer.Stream answer) {
    if (request.version() != HttpVersion.HTTP_1_1) {
      written = false;
      write(
          Answer.problem(
              io.phalanx.api.problem.Problem.of(
                  io.phalanx.api.problem.ProblemKind.MALFORMED, "Streams need HTTP/1.1.")));
      return;
    }
    MultiMap headers = response.headers();
    putUsual(headers, loop.node().position());
    headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end().onComplete(ignored -> sent());
      return;
    }
    response.setChunked(true).setWriteQueueMaxSize(STREAM_QUEUE_BYTES);
    EventStream events = new EventStream(response, guard);
    stream = events;
    guard.stream();
    response.closeHandler(ignored -> connectionClosed());
    response.writeHead();
    loop.opened(events);
    events.onClose(
        () -> {
          loop.closed(events);
          count(200);
          guard.finish();
        });
    answer.source().accept(events);
  }

  private void putUsual(MultiMap headers, Position position) {
    headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    headers.set(REQUEST_ID, requestId);
    headers.set(POSITION, Long.toString(position.journal()));
    headers.set(EPOCH, Long.toString(position.epoch()));
    if (traceparent != null) {
      headers.set("traceparent", traceparent);
    }
  }

  private void count(int status) {
    if (timers != null) {
      timers.count(status, System.nanoTime() - beganNanos);
    } else {
      loop.countUnrouted(status);
    }
  }

  private void sent() {
    guard.finish();
    if (closeAfter) {
      if (request.isEnded()) {
        guard.close();
      } else {
        guard.closeSoon();
      }
    }
  }

  void connectionClosed() {
    if (stream != null) {
      stream.closed();
    }
  }
}
