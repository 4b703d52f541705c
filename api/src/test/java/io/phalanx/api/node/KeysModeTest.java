package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.Signer;
import io.phalanx.api.support.Tenants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node that asks for keys, over real HTTP. */
class KeysModeTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Tenants tenants;

  @BeforeEach
  void start() {
    tenants = Tenants.start(folder, Map.of());
  }

  @AfterEach
  void stop() {
    tenants.close();
  }

  private String fund(String developer) {
    String payout = tenants.key("payout", "bank");
    String amount = "{\"amount\": \"1000000000000000\", \"reference\": \"first\"}";
    Reply deposited =
        tenants.call(payout, "POST", "/v1/accounts/" + developer + "/deposits", amount);
    assertThat(deposited.status()).isEqualTo(201);
    return payout;
  }

  @Nested
  class FirstAdminKey {
    @Test
    void isMadeOnceAndStoredNowhere() throws IOException {
      String key = tenants.admin();
      assertThat(key).matches("phx_k-[0-9a-f]{16}_[0-9a-f]{64}");
      tenants = tenants.restarted(folder);
      assertThat(tenants.node().node().adminKey()).isEmpty();
      assertThat(tenants.call(key, "GET", "/v1/keys", "").status()).isEqualTo(200);
      assertThatNoFileHolds(key);
    }
  }

  private void assertThatNoFileHolds(String key) throws IOException {
    String secret = key.substring(key.lastIndexOf('_') + 1);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }

  @Nested
  class Keys {
    @Test
    void areIssuedShownOnceListedAndRevoked() {
      Reply issued = tenants.issue("developer", "acme");
      assertThat(issued.status()).isEqualTo(201);
      String id = issued.text("id");
      String key = issued.text("key");
      assertThat(issued.json().path("revokedAt").isNull()).isTrue();
      JsonNode listed = tenants.call(tenants.admin(), "GET", "/v1/keys", "").json().path("items");
      assertThat(listed.get(0).path("id").asString()).isEqualTo(id);
      assertThat(listed.toString()).doesNotContain(key).doesNotContain("secretHash");
      assertThat(tenants.call(key, "GET", "/v1/accounts/acme", "").status()).isEqualTo(200);
      Reply revoked = tenants.call(tenants.admin(), "DELETE", "/v1/keys/" + id, "");
      assertThat(revoked.status()).isEqualTo(200);
      assertThat(revoked.text("revokedAt")).isNotEmpty();
      Reply refused = tenants.call(key, "GET", "/v1/accounts/acme", "");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
      Reply again = tenants.call(tenants.admin(), "DELETE", "/v1/keys/" + id, "");
      assertThat(again.json()).isEqualTo(revoked.json());
    }

    @Test
    void areNotShownAgainUnderTheirIdempotencyKey() throws IOException {
      String body = "{\"role\": \"developer\", \"name\": \"acme\"}";
      String[] once = {"Idempotency-Key", "one"};
      Reply first = tenants.call(tenants.admin(), "POST", "/v1/keys", body, once);
      Reply second = tenants.call(tenants.admin(), "POST", "/v1/keys", body, once);
      assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(second.text("id")).isEqualTo(first.text("id"));
      assertThat(second.json().path("key").isNull()).isTrue();
      assertThatNoFileHolds(first.text("key"));
    }

    @Test
    void includeNoneThatCannotBeVerified() {
      String small = "{\"role\": \"developer\", \"name\": \"acme\", \"publicKey\": \"%s\"}";
      for (String key : new String[] {"01" + "00".repeat(31), "00".repeat(32), "02".repeat(32)}) {
        Reply refused = tenants.call(tenants.admin(), "POST", "/v1/keys", small.formatted(key));
        assertThat(refused.status()).as(key).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/publicKey");
      }
      assertThat(tenants.issue("miner", "no-miner").status()).isEqualTo(422);
      assertThat(tenants.issue("king", "acme").status()).isEqualTo(422);
    }

    @Test
    void endTheirStreamsWhenTheyAreRevoked() {
      Reply issued = tenants.issue("developer", "acme");
      var open =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> tenants.call(issued.text("key"), "GET", "/v1/events", ""));
      await(() -> tenants.node().node().engine().feed() != null);
      pause(500);
      assertThat(open).isNotDone();
      String path = "/v1/keys/" + issued.text("id");
      assertThat(tenants.call(tenants.admin(), "DELETE", path, "").status()).isEqualTo(200);
      assertThat(open.join().status()).isEqualTo(200);
    }
  }

  private static void await(java.util.function.BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      pause(5);
    }
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Nested
  class Miner {
    @Test
    void isRegisteredByTwoAndSpeaksForItself() {
      String payout = fund("acme");
      String developer = tenants.key("developer", "acme");
      String operator = tenants.key("operator", "op-1");
      Signer miner = Signer.of("miner");
      tenants.enlist(miner, "op-1", operator, payout);
      String path = "/v1/miners/" + miner.keyId();
      Reply created = tenants.call(developer, "POST", "/v1/deployments", ServedNode.request(""));
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.text("developer")).isEqualTo("acme");
      JsonNode order = order(miner, path);
      String id = order.path("id").asString();
      long epoch = order.path("epoch").asLong();
      String word = "{\"epoch\": " + epoch + "}";
      String taken = "/v1/assignments/" + id + "/acknowledge";
      assertThat(tenants.signed(Signer.of("other"), "POST", taken, word).status()).isEqualTo(401);
      assertThat(tenants.signed(miner, "POST", taken, word).status()).isEqualTo(200);
      String reading =
          "{\"assignmentId\": \"%s\", \"epoch\": %d, \"sequence\": 1, \"gasUsed\": 500, \"signature\": \"%s\"}";
      String good = reading.formatted(id, epoch, miner.reading(id, epoch, 1, 500, false));
      String bad = reading.formatted(id, epoch, miner.reading(id, epoch, 1, 501, false));
      String unknown = reading.formatted("a-none", epoch, miner.sign("x"));
      String batch = "{\"readings\": [" + bad + "," + good + "," + unknown + "]}";
      JsonNode results = tenants.call(developer, "POST", "/v1/gas", batch).json().path("results");
      assertThat(results.at("/0/problem/type").asString()).isEqualTo("/problems/invalid");
      assertThat(results.at("/1/charged").asString()).isEqualTo("450000");
      assertThat(results.at("/2/problem/type").asString()).isEqualTo("/problems/not-found");
    }

    private JsonNode order(Signer miner, String path) {
      for (long sequence = 1; ; sequence++) {
        Reply beat =
            tenants.signed(miner, "POST", path + "/heartbeats", "{\"sequence\": " + sequence + "}");
        assertThat(beat.status()).isEqualTo(200);
        if (!beat.json().path("assignments").isEmpty()) {
          return beat.json().path("assignments").get(0);
        }
        pause(20);
      }
    }
  }
}
