package io.phalanx.api.http;

import io.phalanx.api.auth.Credentials;
import io.phalanx.api.auth.Entry;
import io.phalanx.api.auth.Head;
import io.phalanx.api.http.RequestHeaders.BadHeadersException;
import io.phalanx.api.http.RequestTarget.BadTargetException;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.trace.Span;
import io.phalanx.api.trace.Tracer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to its answer. Lives on the event loop of its connection. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final byte[] NO_BODY = new byte[0];
  private static final int STREAMS = 200;
  private static final int FIRST_FAULT = 500;

  /** Of the body of a refused request; a longer one costs its sender the connection. */
  private static final long MOST_DISCARDED_BYTES = 1 << 20;

  private final HttpLoop loop;
  private final ConnectionGuard guard;
  private final HttpServerRequest request;
  private final String requestId;
  private final AnswerWriter writer;
  private RouteTable.@Nullable Match match;
  private RouteTable.@Nullable Route route;
  private @Nullable RequestTarget target;
  private @Nullable RequestHeaders headers;
  private @Nullable Buffer body;
  private Entry entry = Entry.OPEN;
  private Tracer.@Nullable Running traced;
  private boolean submitted;
  private long discardedBytes;

  Exchange(HttpLoop loop, ConnectionGuard guard, HttpServerRequest request) {
    this.loop = loop;
    this.guard = guard;
    this.request = request;
    this.requestId = loop.nextRequestId();
    this.writer = new AnswerWriter(loop, guard, request, requestId);
  }

  /** A request whose head could be decoded. */
  void begin() {
    guard.begin(this);
    request.exceptionHandler(this::bodyFailed);
    try {
      headers = RequestHeaders.read(request.headers(), request.version() == HttpVersion.HTTP_1_1);
      trace(headers);
      target = RequestTarget.parse(request.uri());
    } catch (BadTargetException malformed) {
      refuseAndClose(Problem.of(ProblemKind.MALFORMED, sentence(malformed)));
      return;
    } catch (BadHeadersException malformed) {
      String detail = sentence(malformed);
      refuseAndClose(Problem.of(ProblemKind.MALFORMED, malformed.status(), detail));
      return;
    }
    route(target, headers);
  }

  /** Where it is traced, what it asks for is a part of it. */
  private void trace(RequestHeaders said) {
    writer.traceparent(said.traceparent());
    Tracer.Running running = loop.tracer().request(said.traceparent());
    if (running != null) {
      traced = running;
      headers = said.within(running.traceparent());
      writer.traceparent(said.traceparent() == null ? running.traceparent() : said.traceparent());
    }
  }

  /** A request whose head could not be decoded. */
  void beginUndecodable(Throwable cause) {
    guard.begin(this);
    refuseAndClose(Undecodable.problem(cause));
  }

  private void route(RequestTarget where, RequestHeaders said) {
    match = loop.routes().find(where.segments());
    String method = request.method().name();
    if (match == null) {
      unmatched(where, method, said);
      return;
    }
    if (method.equals("OPTIONS")) {
      Map<String, String> allow = Map.of("Allow", match.allow());
      finish(new Answer.Whole(204, Answer.JSON, NO_BODY, allow, null));
      return;
    }
    route = match.methods().get(method.equals("HEAD") ? "GET" : method);
    if (route == null) {
      refuseUnread(notAllowed(match.allow()), said);
      return;
    }
    writer.timers(route.timers());
    receive(route, said);
  }

  /** Not in the contract: a page, or nothing. */
  private void unmatched(RequestTarget where, String method, RequestHeaders said) {
    Answer page = loop.routes().page(where.segments());
    if (page == null) {
      refuseUnread(Problem.of(ProblemKind.NOT_FOUND, "There is nothing at this path."), said);
    } else if (method.equals("GET") || method.equals("HEAD")) {
      finish(page);
    } else {
      refuseUnread(notAllowed("GET, HEAD"), said);
    }
  }

  private static Problem notAllowed(String allowed) {
    return new Problem(
        ProblemKind.MALFORMED,
        405,
        "This path allows " + allowed + ".",
        java.util.List.of(),
        Map.of(),
        Map.of("Allow", allowed));
  }

  private void receive(RouteTable.Route found, RequestHeaders said) {
    int max = found.operation().maxBodyBytes();
    String declared = request.getHeader("Content-Length");
    if (declared != null && Long.parseLong(declared) > max) {
      refuseAndClose(tooLarge(max));
      return;
    }
    entry = loop.gate().enter(head(found));
    if (entry instanceof Entry.Refused refused) {
      refuseUnread(refused.problem(), said);
      return;
    }
    if (said.expects100()) {
      request.response().writeContinue();
    }
    request.handler(chunk -> take(chunk, max));
    request.endHandler(ignored -> receivedAll());
  }

  /**
   * Refuses a request whose body is still to come: the answer waits for its end, or the body would
   * be taken for the beginning of the next request, and the connection for a slow one.
   */
  private void refuseUnread(Problem problem, RequestHeaders said) {
    String declared = request.getHeader("Content-Length");
    boolean isChunked = request.headers().contains("Transfer-Encoding");
    if (!isChunked && (declared == null || Long.parseLong(declared) == 0)) {
      refuse(problem);
    } else if (said.expects100()
        || (declared != null && Long.parseLong(declared) > MOST_DISCARDED_BYTES)) {
      refuseAndClose(problem);
    } else {
      request.handler(chunk -> discard(chunk, problem));
      request.endHandler(ignored -> refuse(problem));
    }
  }

  private void discard(Buffer chunk, Problem problem) {
    discardedBytes += chunk.length();
    if (discardedBytes > MOST_DISCARDED_BYTES && !writer.isWritten()) {
      refuseAndClose(problem);
    }
  }

  private Head head(RouteTable.Route found) {
    return new Head(
        found.operation(),
        request.method().name(),
        request.uri(),
        request.headers(),
        request.remoteAddress().hostAddress(),
        request.isSSL());
  }

  private void take(Buffer chunk, int max) {
    if (writer.isWritten()) {
      return; // refused already; the rest is only read so that the answer is not lost
    }
    int length = (body == null ? 0 : body.length()) + chunk.length();
    if (length > max) {
      body = null;
      refuseAndClose(tooLarge(max));
      return;
    }
    body = body == null ? chunk : body.appendBuffer(chunk);
  }

  private static Problem tooLarge(int max) {
    return Problem.of(ProblemKind.TOO_LARGE, "A body here has at most " + max + " bytes.");
  }

  /** A fault of ours is answered at once, not left to the deadline. */
  private void receivedAll() {
    try {
      received();
    } catch (RuntimeException fault) {
      fail(fault);
    }
  }

  private void received() {
    if (writer.isWritten() || route == null || match == null || headers == null || target == null) {
      return;
    }
    byte[] bytes = body == null ? NO_BODY : body.getBytes();
    body = null;
    if (entry instanceof Entry.Signed signed) {
      signed.verify(bytes).onComplete(verified -> loop.run(() -> verified(verified, bytes)));
    } else {
      entered(entry, bytes);
    }
  }

  private void verified(AsyncResult<Entry> verified, byte[] bytes) {
    if (verified.succeeded()) {
      entered(verified.result(), bytes);
    } else {
      fail(verified.cause());
    }
  }

  private void entered(Entry decided, byte[] bytes) {
    if (decided instanceof Entry.Admitted admitted) {
      check(admitted.credentials(), bytes);
    } else if (decided instanceof Entry.Refused refused) {
      refuse(refused.problem());
    }
  }

  private void check(Credentials credentials, byte[] bytes) {
    if (route == null || match == null || headers == null || target == null) {
      return;
    }
    RequestCheck check = new RequestCheck(route.operation(), match.values(), target, headers);
    Problem problem = check.problem(bytes);
    if (problem != null) {
      refuse(problem);
      return;
    }
    Call call = check.call(requestId, bytes, credentials, loop.inbox());
    long wanted = check.minJournalPosition();
    if (wanted <= loop.node().position().journal()) {
      submit(route, call);
    } else {
      loop.node().reach(wanted).onComplete(reached -> loop.run(() -> reached(reached, call)));
    }
  }

  private void reached(AsyncResult<Void> reached, Call call) {
    if (reached.succeeded() && route != null) {
      submit(route, call);
    } else {
      String sentence = "This node has not reached that journal position.";
      refuse(Problem.of(ProblemKind.POSITION_NOT_REACHED, sentence));
    }
  }

  private void submit(RouteTable.Route found, Call call) {
    submitted = true;
    Future<Answer> future;
    try {
      future = found.endpoint().answer(call);
    } catch (InvalidCallException invalid) {
      refuse(Problem.invalid(invalid.faults()));
      return;
    } catch (RuntimeException fault) {
      fail(fault);
      return;
    }
    future.onComplete(
        result ->
            loop.run(
                () -> {
                  if (result.succeeded()) {
                    finish(result.result());
                  } else {
                    fail(result.cause());
                  }
                }));
  }

  private void fail(Throwable fault) {
    LOG.error(
        "event=request-failed request={} operation={} trace={}",
        requestId,
        route == null ? "" : route.operation().id(),
        headers == null || headers.traceparent() == null ? "" : headers.traceparent(),
        fault);
    finish(Answer.internalError(requestId));
  }

  private void refuse(Problem problem) {
    finish(Answer.problem(problem));
  }

  private void refuseAndClose(Problem problem) {
    writer.closeAfter();
    refuse(problem);
  }

  private void finish(Answer answer) {
    if (traced != null && !writer.isWritten()) {
      ended(traced, answer instanceof Answer.Whole whole ? whole.status() : STREAMS);
    }
    writer.write(answer);
  }

  private void ended(Tracer.Running running, int status) {
    String path = route == null ? "" : route.operation().path();
    String method = request.method().name();
    running.end(
        method + " " + path,
        Span.Kind.SERVER,
        Map.of(
            "http.request.method", method,
            "http.route", path,
            "http.response.status_code", (long) status,
            "request.id", requestId),
        status >= FIRST_FAULT);
  }

  /** Its time is over, wherever it is. */
  void expire() {
    if (writer.isWritten()) {
      guard.close();
      return;
    }
    writer.closeAfter();
    if (submitted) {
      String sentence = "It was not answered in time and may have been done: repeat it.";
      refuse(Problem.of(ProblemKind.NO_LEADER, 504, sentence));
    } else {
      refuse(Problem.of(ProblemKind.MALFORMED, 408, "The request did not arrive in time."));
    }
  }

  /** The connection broke, or what arrives is no body. */
  void bodyFailed(Throwable cause) {
    if (cause instanceof io.vertx.core.http.HttpClosedException) {
      writer.connectionClosed();
    } else if (!writer.isWritten()) {
      refuseAndClose(Undecodable.problem(cause));
    }
  }

  private static String sentence(Exception fault) {
    return fault.getMessage() == null ? "It cannot be read." : fault.getMessage();
  }
}
