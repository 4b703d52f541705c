package io.phalanx.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused before their body is there. */
class EarlyRefusalTest {
  private static final Duration DEADLINE = Duration.ofMillis(600);

  private static TestServer server;

  @BeforeAll
  static void start() {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            1,
            DEADLINE,
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            100,
            false,
            Optional.empty());
    server = TestServer.start(settings, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The late body must not count as a request that takes for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"/v1/nothing", "/v1/network"})
  void leaveTheConnectionToTheNextRequest(String path) throws InterruptedException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n");
      Thread.sleep(100);
      client.send("hello");
      assertThat(client.answer().status()).isIn(404, 405);
      Thread.sleep(2 * DEADLINE.toMillis());
      client.send("GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }
}
