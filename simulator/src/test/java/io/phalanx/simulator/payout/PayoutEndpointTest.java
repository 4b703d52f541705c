package io.phalanx.simulator.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.simulator.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PayoutEndpointTest {
  private final HttpClient sender = HttpClient.newHttpClient();

  private int post(PayoutEndpoint endpoint, int number) throws Exception {
    String body =
        "{\"number\": %d, \"root\": \"r%d\", \"previousRoot\": \"r%d\", \"total\": \"0\"}"
            .formatted(number, number, number - 1);
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.url())
            .header("Idempotency-Key", "\"settlement-" + number + "\"")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return sender.send(request, BodyHandlers.ofString()).statusCode();
  }

  /** As the service does: until a 2xx. */
  private void deliver(PayoutEndpoint endpoint, int number) throws Exception {
    int status = 0;
    for (int tries = 0; status != 200 && tries < 100; tries++) {
      try {
        status = post(endpoint, number);
      } catch (IOException cutOff) {
        status = 0;
      }
    }
    assertThat(status).isEqualTo(200);
  }

  @Nested
  class Receive {
    @Test
    void appliesEachSettlementOnceWhateverGoesWrongOnTheWay() throws Exception {
      PayoutFaults faults = new PayoutFaults(3, 0.2, 0.2, 0.2, 0.1, 20);
      try (PayoutEndpoint endpoint = PayoutEndpoint.open(0, faults)) {
        for (int number = 1; number <= 40; number++) {
          deliver(endpoint, number);
        }
        assertThat(endpoint.book().size()).isEqualTo(40);
        assertThat(endpoint.book().duplicates()).isPositive();
        assertThat(endpoint.book().faults()).isEmpty();
      }
    }

    @Test
    void refusesOtherPathsAndMethods() throws Exception {
      try (PayoutEndpoint endpoint = PayoutEndpoint.open(0, PayoutFaults.NONE)) {
        HttpRequest get = HttpRequest.newBuilder(endpoint.url()).build();
        HttpRequest elsewhere = HttpRequest.newBuilder(endpoint.url().resolve("/x")).build();
        assertThat(sender.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
        assertThat(sender.send(elsewhere, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
      }
    }

    @Test
    void saysSoWhenThePortIsTaken() {
      try (PayoutEndpoint endpoint = PayoutEndpoint.open(0, PayoutFaults.NONE)) {
        int port = endpoint.url().getPort();
        assertThatThrownBy(() -> PayoutEndpoint.open(port, PayoutFaults.NONE))
            .hasRootCauseInstanceOf(IOException.class);
      }
    }
  }

  @Nested
  class AcknowledgeTo {
    @Test
    void acknowledgesEachSettlementAgainUntilTheServiceHasNotedItsDelivery() throws Exception {
      Vertx vertx = Vertx.vertx();
      List<String> calls = new CopyOnWriteArrayList<>();
      HttpServer service =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    calls.add(request.method() + " " + request.path());
                    request.response().setStatusCode(calls.size() == 1 ? 409 : 200).end("{}");
                  });
      try (PayoutEndpoint endpoint = PayoutEndpoint.open(0, PayoutFaults.NONE)) {
        Waiting.on(vertx, () -> service.listen(0, "127.0.0.1"));
        endpoint.acknowledgeTo(URI.create("http://127.0.0.1:" + service.actualPort()));
        deliver(endpoint, 1);
        Waiting.until("acknowledged", () -> endpoint.book().acknowledged() == 1);
        assertThat(calls).hasSize(2).containsOnly("POST /v1/settlements/1/acknowledge");
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
      }
    }
  }
}
