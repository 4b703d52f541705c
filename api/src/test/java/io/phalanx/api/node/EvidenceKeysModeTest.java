package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.Attested;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.ShiftedClock;
import io.phalanx.api.support.Signer;
import io.phalanx.attestation.authority.DcapForge;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What machines prove of themselves where a word is not enough. */
class EvidenceKeysModeTest {
  private static final Signer MINER = Signer.of("miner");

  @TempDir private Path folder;
  private final ShiftedClock clock = new ShiftedClock(DcapForge.NOW);
  private int nonces;

  @SuppressWarnings("NullAway.Init") // set before each test
  private ServedNode node;

  private String admin = "";
  private String operator = "";

  @BeforeEach
  void start() {
    node = ServedNode.startAttested(folder, Map.of("auth", "keys"), clock);
    admin = node.node().adminKey().orElseThrow();
    operator = key("operator", "op-1");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String key(String role, String name) {
    String body = "{\"role\": \"" + role + "\", \"name\": \"" + name + "\"}";
    return call(admin, "POST", "/v1/keys", body).text("key");
  }

  private Reply call(String key, String method, String path, String body, String... more) {
    String[] headers =
        Stream.concat(Stream.of("Authorization", "Bearer " + key), Arrays.stream(more))
            .toArray(String[]::new);
    return node.call(method, path, body, headers);
  }

  private Reply register(ObjectNode attestation) {
    String body = Attested.registration(MINER.keyId(), "op-1", attestation);
    long created = clock.instant().getEpochSecond();
    String nonce = "r-" + ++nonces;
    return call(
        operator,
        "POST",
        "/v1/miners",
        body,
        MINER.headers("POST", node.node().url() + "/v1/miners", body, created, nonce, ""));
  }

  private ObjectNode quote() {
    String nonce = call(operator, "GET", "/v1/attestation-nonce", "").text("nonce");
    return Attested.dcap(DcapForge.sgx().reporting(Attested.reportData(MINER.keyId(), nonce)));
  }

  private static ObjectNode declared() {
    return JsonNodeFactory.instance.objectNode().put("type", "declared").put("tier", 1);
  }

  private void list(String... measurements) {
    List<String> quoted = Arrays.stream(measurements).map(m -> "\"" + m + "\"").toList();
    String patch = "{\"attestation\": {\"measurements\": " + quoted + "}}";
    assertThat(call(admin, "PATCH", "/v1/policy", patch, "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void refusesADeclaredTier() {
    Reply reply = register(declared());
    assertThat(reply.problem()).isEqualTo("evidence-rejected");
    assertThat(reply.text("reason")).isEqualTo("declared");
    assertThat(register(quote()).status()).isEqualTo(201);
    String path = "/v1/miners/" + MINER.keyId() + "/attestation";
    Reply renewal = call(operator, "PUT", path, declared().toString());
    assertThat(renewal.text("reason")).isEqualTo("declared");
  }

  @Test
  void countsAScoreOnlyOfAListedProgram() {
    Reply unlisted = register(quote());
    assertThat(unlisted.json().path("performance").asInt()).isEqualTo(50);
    assertThat(unlisted.json().path("initialPerformance").asInt()).isEqualTo(1000);
    assertThat(unlisted.json().path("stake").asString()).isEqualTo("0");
    list("5e" + "00".repeat(31));
    String path = "/v1/miners/" + MINER.keyId();
    JsonNode believed = awaitPolicy(path, 2);
    assertThat(believed.path("tier").asInt()).isEqualTo(1);
    String amount = "{\"amount\": \"5000000000000000\", \"reference\": \"bond\"}";
    assertThat(call(admin, "PUT", path + "/stake", amount).status()).isEqualTo(200);
    assertThat(call(operator, "POST", path + "/start", "").status()).isEqualTo(200);
    String beat = "{\"sequence\": 1, \"performance\": 1000}";
    long created = clock.instant().getEpochSecond();
    String beats = path + "/heartbeats";
    String url = node.node().url() + beats;
    node.call("POST", beats, beat, MINER.headers("POST", url, beat, created, "b", ""));
    assertThat(call(admin, "GET", path, "").json().path("performance").asInt()).isEqualTo(1000);
  }

  private JsonNode awaitPolicy(String path, long version) {
    JsonNode miner = call(admin, "GET", path, "").json();
    for (int i = 0; i < 1_000; i++) {
      if (miner.at("/tierEvidence/policyVersion").asLong() == version) {
        return miner;
      }
      pause();
      miner = call(admin, "GET", path, "").json();
    }
    throw new AssertionError(path + " stayed " + miner);
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesCollateralOfAnybodyButAdmins() {
    String body = Attested.collateral(DcapForge.sgx()).toString();
    String path = "/v1/collateral/00A067110000";
    assertThat(call(operator, "PUT", path, body).status()).isEqualTo(403);
    assertThat(call(admin, "PUT", path, body).status()).isEqualTo(200);
    JsonNode trail = call(admin, "GET", "/v1/audit?limit=1", "").json().at("/items/0");
    assertThat(trail.path("action").asString()).isEqualTo("publishCollateral");
    assertThat(trail.path("subject").asString()).isEqualTo("00A067110000");
  }

  @Test
  void countsASignedRegistrationOnceThoughItsEvidenceIsRefused() {
    ObjectNode other =
        Attested.dcap(
            DcapForge.sgx().reporting(Attested.reportData("00".repeat(32), "00".repeat(32))));
    String body = Attested.registration(MINER.keyId(), "op-1", other);
    String[] signature =
        MINER.headers(
            "POST",
            node.node().url() + "/v1/miners",
            body,
            clock.instant().getEpochSecond(),
            "same",
            "");
    assertThat(call(operator, "POST", "/v1/miners", body, signature).problem())
        .isEqualTo("evidence-rejected");
    assertThat(call(operator, "POST", "/v1/miners", body, signature).problem())
        .isEqualTo("replayed");
  }
}
