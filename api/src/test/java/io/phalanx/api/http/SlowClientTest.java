package io.phalanx.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.RawAnswer;
import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients that hold a connection by being slow. Each test would wait for ever, or until the
 * client's own time-out fails it, if the server did not end what is slow.
 */
class SlowClientTest {
  private static final Duration DEADLINE = Duration.ofMillis(400);
  private static final String HOST = "Host: localhost\r\n";
  private static final String BEAT =
      "POST /v1/miners/"
          + "a".repeat(64)
          + "/heartbeats HTTP/1.1\r\n"
          + HOST
          + "Content-Type: application/json\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    byte[] large = new byte[32 * 1024 * 1024];
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            1,
            DEADLINE,
            DEADLINE,
            Duration.ofMillis(50),
            100,
            false,
            java.util.Optional.empty());
    server =
        TestServer.start(
            settings,
            Map.of(
                "getNetwork",
                call ->
                    Future.succeededFuture(
                        new Answer.Whole(200, "text/plain", large, Map.of(), null)),
                "getCluster",
                call -> Promise.<Answer>promise().future(),
                "patchPolicy",
                call -> Promise.<Answer>promise().future(),
                "streamAll",
                call -> Future.succeededFuture(new Answer.Stream(SlowClientTest::flood)),
                "streamMiner",
                call -> Future.succeededFuture(new Answer.Stream(stream -> {}))));
  }

  private static void flood(EventStream stream) {
    byte[] data = new byte[16 * 1024];
    java.util.Arrays.fill(data, (byte) 'x');
    while (!stream.isFull() && !stream.isClosed()) {
      stream.send("1", "miner", data);
    }
    stream.onDrain(() -> flood(stream));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sends a piece now and then until the server has enough of it. */
  private static void trickle(RawClient client, String piece) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      try {
        client.send(piece);
      } catch (java.io.UncheckedIOException closed) {
        return;
      }
      Thread.sleep(20);
    }
  }

  @Test
  void whoSendsNothingIsClosed() {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aTrickledRequestLineIsClosed() throws InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /");
      trickle(client, "a");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void trickledHeadersAreClosed() throws InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /v1/miners HTTP/1.1\r\n" + HOST);
      trickle(client, "A: b\r\n");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aTrickledBodyIsAnsweredAndClosed() throws InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(BEAT + "Content-Length: 60000\r\n\r\n{");
      trickle(client, " ");
      RawAnswer answer = client.answer();
      assertThat(answer.status()).isIn(0, 408); // 0: the reset that our own trickle provokes
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyThatStopsIsAnsweredAndClosed() {
    try (RawClient client = new RawClient(server.port())) {
      client.send(BEAT + "Content-Length: 60000\r\n\r\n{");
      RawAnswer answer = client.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void trickledChunksAreClosed() throws InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(BEAT + "Transfer-Encoding: chunked\r\n\r\n");
      trickle(client, "1\r\n \r\n");
      assertThat(client.answer().status()).isIn(0, 408);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void whoDoesNotReadItsAnswerIsClosed() throws InterruptedException {
    try (RawClient client = new RawClient(server.port(), 4_096)) {
      client.send("GET /v1/network HTTP/1.1\r\n" + HOST + "\r\n");
      Thread.sleep(4 * DEADLINE.toMillis());
      assertThat(client.bytesUntilClose()).isLessThan(32 * 1024 * 1024);
    }
  }

  @Test
  void whoDoesNotReadItsStreamIsClosed() throws InterruptedException {
    try (RawClient client = new RawClient(server.port(), 4_096)) {
      client.send("GET /v1/events HTTP/1.1\r\n" + HOST + "\r\n");
      Thread.sleep(5 * DEADLINE.toMillis());
      assertThat(client.bytesUntilClose()).isPositive();
    }
  }

  @Test
  void aQuietStreamLivesOnByComments() throws InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /v1/miners/" + "a".repeat(64) + "/events HTTP/1.1\r\n" + HOST + "\r\n");
      client.readUntil("text/event-stream");
      Thread.sleep(3 * DEADLINE.toMillis());
      assertThat(client.readUntil(":\n\n")).contains(":\n\n");
    }
  }

  @Test
  void anAnswerThatNeverComesIsA504() {
    RawAnswer answer = RawClient.ask(server.port(), "GET /v1/cluster HTTP/1.1\r\n" + HOST + "\r\n");
    assertThat(answer.status()).isEqualTo(504);
  }

  @Test
  void anIdleConnectionIsClosedAfterItsKeepAlive() {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /v1/miners HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAndThoseBelowServed() {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 130; i++) {
        clients.add(new RawClient(server.port()));
      }
      long served = 0;
      for (RawClient client : clients) {
        try {
          client.send("GET /v1/miners HTTP/1.1\r\n" + HOST + "\r\n");
          served += client.answer().status() == 200 ? 1 : 0;
        } catch (java.io.UncheckedIOException closed) {
          // one of those beyond
        }
      }
      assertThat(served).isBetween(50L, 100L);
    } finally {
      clients.forEach(RawClient::close);
    }
  }
}
