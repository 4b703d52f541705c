package io.phalanx.simulator.fake;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The event streams of the fake service; they can be cut, and forget what is old. */
final class FakeEvents {
  private record Event(long id, String kind, String data) {}

  private final List<Event> kept = new ArrayList<>();
  private final Map<HttpServerResponse, String> open = new LinkedHashMap<>();
  private long firstKept;
  private long next;

  void emit(String kind, JsonObject data) {
    Event event = new Event(next++, kind, data.encode());
    kept.add(event);
    open.forEach((response, wanted) -> send(response, wanted, event));
  }

  void serve(HttpServerRequest request) {
    String last = request.getHeader("Last-Event-ID");
    long from = last == null ? next : Long.parseLong(last) + 1;
    HttpServerResponse response = request.response();
    if (from < firstKept) {
      response.setStatusCode(410).end("{\"type\":\"/problems/stream-expired\"}");
      return;
    }
    String wanted = request.getParam("kind", "");
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    response.write(": hello\n\n");
    kept.stream().filter(event -> event.id() >= from).forEach(e -> send(response, wanted, e));
    open.put(response, wanted);
    response.exceptionHandler(gone -> open.remove(response));
    response.closeHandler(gone -> open.remove(response));
  }

  int streams() {
    return open.size();
  }

  /** Cuts every stream. */
  void cut(Map<HttpServerResponse, HttpServerRequest> requests) {
    for (Iterator<HttpServerResponse> all = open.keySet().iterator(); all.hasNext(); ) {
      HttpServerRequest request = requests.get(all.next());
      all.remove();
      if (request != null) {
        request.connection().close();
      }
    }
  }

  void forget() {
    kept.clear();
    firstKept = next;
  }

  private static void send(HttpServerResponse response, String wanted, Event event) {
    if (wanted.isEmpty() || wanted.contains(event.kind())) {
      response.write(
          "id: " + event.id() + "\nevent: " + event.kind() + "\ndata: " + event.data() + "\n\n");
    }
  }
}
