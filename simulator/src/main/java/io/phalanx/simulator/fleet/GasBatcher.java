package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.ServiceClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Relays the readings of many miners in few requests. A reading waits at most {@link #WAIT_MS}
 * while fewer than {@link #IN_FLIGHT} batches are under way.
 */
final class GasBatcher {
  /** As the service allows; the longest reading takes 340 bytes, so a batch stays under 1 MiB. */
  static final int BATCH = 2_000;

  static final int IN_FLIGHT = 4;
  static final long WAIT_MS = 100;

  private final Vertx vertx;
  private final ServiceClient client;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean timed;

  GasBatcher(Vertx vertx, ServiceClient client) {
    this.vertx = vertx;
    this.client = client;
  }

  /**
   * Sends the reading soon.
   *
   * @param then hears the result; of a request that failed, problem {@code connection} or a status
   */
  void add(Reading reading, Consumer<ReadingResult> then) {
    waiting.add(new Waiting(reading, then));
    if (waiting.size() >= BATCH) {
      flush();
    } else if (!timed) {
      timed = true;
      vertx.setTimer(WAIT_MS, id -> onTimer());
    }
  }

  /** Readings not sent yet. */
  int waiting() {
    return waiting.size();
  }

  void flush() {
    while (!waiting.isEmpty() && inFlight < IN_FLIGHT) {
      List<Waiting> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < BATCH) {
        batch.add(waiting.remove());
      }
      send(batch);
    }
  }

  static Buffer body(List<Reading> readings) {
    return Json.object(
        json -> {
          json.writeArrayFieldStart("readings");
          for (Reading reading : readings) {
            reading.write(json);
          }
          json.writeEndArray();
        });
  }

  private void onTimer() {
    timed = false;
    flush();
  }

  private void send(List<Waiting> batch) {
    inFlight++;
    Buffer body = body(batch.stream().map(Waiting::reading).toList());
    client
        .send(Call.post("/v1/gas", body))
        .onComplete(
            answer -> answered(batch, answer),
            failure -> finish(batch, ReadingResult.refused("connection", -1)));
  }

  private void answered(List<Waiting> batch, Answer answer) {
    if (!answer.ok()) {
      finish(batch, ReadingResult.refused(answer.error(), answer.position()));
      return;
    }
    JsonNode results = answer.json().path("results");
    landed();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).then().accept(ReadingResult.read(results.path(i), answer.position()));
    }
  }

  private void finish(List<Waiting> batch, ReadingResult result) {
    landed();
    batch.forEach(one -> one.then().accept(result));
  }

  private void landed() {
    inFlight--;
    if (waiting.size() >= BATCH) {
      flush();
    } else if (!waiting.isEmpty() && !timed) {
      timed = true;
      vertx.setTimer(WAIT_MS, id -> onTimer());
    }
  }

  private record Waiting(Reading reading, Consumer<ReadingResult> then) {}
}
