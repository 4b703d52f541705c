package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.Signer;
import io.phalanx.api.support.Tenants;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one caller may take up, and that it costs the others nothing. */
class CallerLimitsTest {
  /** So few that even a slow machine sends more within a second. */
  private static final int RATE = 10;

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Tenants tenants;

  @BeforeEach
  void start() {
    tenants = Tenants.start(folder, Map.of("http.rate", "" + RATE, "http.byte-rate", "65536"));
  }

  @AfterEach
  void stop() {
    tenants.close();
  }

  /** Sends until it is refused for its rate; the clock makes that certain in the end. */
  private Reply flood(String key, String path) {
    Reply reply = tenants.call(key, "GET", path, "");
    for (int i = 0; i < 100 * RATE && reply.status() != 429; i++) {
      reply = tenants.call(key, "GET", path, "");
    }
    return reply;
  }

  @Test
  void aCallerThatFloodsIsToldToWaitAndOthersAreServed() {
    String loud = tenants.key("developer", "loud");
    String quiet = tenants.key("developer", "quiet");
    Reply refused = flood(loud, "/v1/accounts/loud");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).isEqualTo("rate-limited");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(tenants.call(quiet, "GET", "/v1/accounts/quiet", "").status()).isEqualTo(200);
  }

  @Test
  void whoeverHasNoKeyIsCountedByItsAddress() {
    assertThat(flood("", "/v1/network").status()).isEqualTo(429);
    assertThat(tenants.call(tenants.admin(), "GET", "/v1/policy", "").status()).isEqualTo(200);
  }

  @Test
  void whoeverClaimsAKeyInVainUsesUpNothingOfItsHolder() {
    Signer bank = Signer.of("bank");
    String body =
        "{\"role\": \"payout\", \"name\": \"bank\", \"publicKey\": \"" + bank.keyId() + "\"}";
    assertThat(tenants.call(tenants.admin(), "POST", "/v1/keys", body).status()).isEqualTo(201);
    int limited = 0;
    for (int i = 0; i < 100 * RATE && limited == 0; i++) {
      String[] forged = tenants.signature(bank, "GET", "/v1/settlements", "");
      forged[forged.length - 1] = "sig1=:" + Signer.of("evil").sign("x") + ":";
      Reply reply = tenants.node().call("GET", "/v1/settlements", "", forged);
      limited += reply.status() == 429 ? 1 : 0;
      assertThat(reply.status()).isIn(401, 429);
    }
    assertThat(limited).isPositive();
    String key = tenants.key("payout", "bank");
    assertThat(tenants.call(key, "GET", "/v1/settlements", "").status()).isEqualTo(200);
  }

  @Test
  void bytesAreCountedToo() {
    String developer = tenants.key("developer", "acme");
    String large = ServedNode.request("\"codeUri\": \"" + "x".repeat(2_000) + "\"");
    Reply reply = tenants.call(developer, "POST", "/v1/deployments?dryRun=true", large);
    assertThat(reply.status()).isEqualTo(200);
    String huge = " ".repeat(60_000) + large;
    int limited = 0;
    for (int i = 0; i < 50 && limited == 0; i++) {
      Reply again = tenants.call(developer, "POST", "/v1/deployments?dryRun=true", huge);
      limited += again.status() == 429 ? 1 : 0;
    }
    assertThat(limited).isPositive();
  }

  @Test
  void onlySoManyDeploymentsOfADeveloperWait() {
    String policy = "{\"access\": {\"pendingPerDeveloper\": 1}}";
    String[] anyVersion = {"If-Match", "*"};
    assertThat(tenants.call(tenants.admin(), "PATCH", "/v1/policy", policy, anyVersion).status())
        .isEqualTo(200);
    String amount = "{\"amount\": \"100000000000000000\", \"reference\": \"first\"}";
    String deposits = "/v1/accounts/acme/deposits";
    assertThat(tenants.call(tenants.admin(), "POST", deposits, amount).status()).isEqualTo(201);
    String developer = tenants.key("developer", "acme");
    String body = ServedNode.request("");
    assertThat(tenants.call(developer, "POST", "/v1/deployments", body).status()).isEqualTo(201);
    Reply second = tenants.call(developer, "POST", "/v1/deployments", body);
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.problem()).isEqualTo("quota-exceeded");
  }
}
