package io.phalanx.api.node;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.Attested;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.ShiftedClock;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What machines prove of themselves, over HTTP, by an authority of the tests. */
class EvidenceTest {
  private static final String LATER = "2026-01-15T00:00:00Z";

  @TempDir private Path folder;
  private final ShiftedClock clock = new ShiftedClock(DcapForge.NOW);

  @SuppressWarnings("NullAway.Init") // set before each test
  private ServedNode node;

  @BeforeEach
  void start() {
    node = ServedNode.startAttested(folder, Map.of(), clock);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void restart() {
    node.close();
    start();
  }

  private String nonce() {
    return node.get("/v1/attestation-nonce").text("nonce");
  }

  private DcapForge bound(DcapForge forge, int n, String nonce) {
    return forge.on(Attested.machine(n)).reporting(Attested.reportData(ServedNode.miner(n), nonce));
  }

  private Reply register(int n, ObjectNode attestation, String... headers) {
    String body = Attested.registration(ServedNode.miner(n), "op-" + n, attestation);
    return node.post("/v1/miners", body, headers);
  }

  private Reply register(int n, DcapForge forge) {
    return register(n, Attested.dcap(bound(forge, n, nonce())));
  }

  private void registered(int n, DcapForge forge) {
    Reply reply = register(n, forge);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }

  private Reply renew(int n, DcapForge forge) {
    String body = Attested.dcap(bound(forge, n, nonce())).toString();
    return node.put(ServedNode.path(n) + "/attestation", body);
  }

  private JsonNode miner(int n) {
    return node.get(ServedNode.path(n)).json();
  }

  private JsonNode awaitTier(int n, int tier) {
    return node.await(ServedNode.path(n), miner -> miner.path("tier").asInt() == tier);
  }

  private static void rejected(Reply reply, String reason) {
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(422);
    assertThat(reply.problem()).isEqualTo("evidence-rejected");
    assertThat(reply.text("reason")).isEqualTo(reason);
    assertThat(reply.text("detail")).isNotEmpty();
  }

  private Reply policy(String patch) {
    return node.call("PATCH", "/v1/policy", patch, "If-Match", "*");
  }

  @Nested
  class Register {

    @Test
    void takesTheTierThatAQuoteProves() {
      Reply reply = register(1, DcapForge.sgx().rated("OutOfDate", "INTEL-SA-01010"));
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
      assertThat(reply.json().path("tier").asInt()).isEqualTo(5);
      assertThat(reply.json().path("platform").asString()).startsWith("ppid:");
      JsonNode evidence = reply.json().path("tierEvidence");
      assertThat(evidence.path("type").asString()).isEqualTo("dcap");
      assertThat(evidence.path("tcbStatus").asString()).isEqualTo("OutOfDate");
      assertThat(evidence.path("advisories").get(0).asString()).isEqualTo("INTEL-SA-01010");
      assertThat(evidence.path("measurement").asString()).startsWith("5e00");
      assertThat(evidence.path("fmspc").asString()).isEqualTo("00A067110000");
      assertThat(evidence.path("policyVersion").asLong()).isEqualTo(1);
      assertThat(evidence.path("expiresAt").asString()).isEqualTo("2026-02-04T00:00:00.000Z");
      assertThat(evidence.path("evidenceHash").asString()).hasSize(64);
      assertThat(evidence.path("lapse").isNull()).isTrue();
    }

    @Test
    void takesTdxQuotesAndIasReports() {
      registered(1, DcapForge.tdx());
      registered(2, DcapForge.td15());
      IasForge report = IasForge.report();
      ObjectNode ias = Attested.ias(report, Attested.reportData(ServedNode.miner(3), nonce()));
      Reply reply = register(3, ias);
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
      assertThat(reply.json().path("tier").asInt()).isEqualTo(1);
      assertThat(reply.json().path("platform").asString()).startsWith("epid:");
    }

    @Test
    void refusesForgeriesWithTheirReason() {
      ObjectNode forged = Attested.dcap(bound(DcapForge.sgx(), 1, nonce()));
      String quote = forged.path("quote").asString();
      forged.put("quote", quote.substring(0, 200) + "ff" + quote.substring(202));
      rejected(register(1, forged), "QUOTE_SIGNATURE_IS_INVALID");
      assertThat(node.get(ServedNode.path(1)).status()).isEqualTo(404);
    }

    @Test
    void refusesEvidenceOfAnotherMiner() {
      rejected(
          register(2, Attested.dcap(bound(DcapForge.sgx(), 1, nonce()))), "MINER_KEY_IS_NOT_BOUND");
    }

    @Test
    void refusesNoncesThatAreNotOursAreOldOrWereUsed() {
      String own = nonce();
      String altered = (own.startsWith("0") ? "1" : "0") + own.substring(1);
      rejected(
          register(1, Attested.dcap(bound(DcapForge.sgx(), 1, altered))), "NONCE_IS_NOT_BOUND");
      ObjectNode used = Attested.dcap(bound(DcapForge.sgx(), 1, own));
      assertThat(register(1, used).status()).isEqualTo(201);
      String path = ServedNode.path(1) + "/attestation";
      rejected(node.put(path, used.toString()), "NONCE_WAS_USED");
      restart();
      rejected(node.put(path, used.toString()), "NONCE_WAS_USED");
      String old = nonce();
      clock.pass(ofMinutes(10));
      rejected(register(2, Attested.dcap(bound(DcapForge.sgx(), 2, old))), "NONCE_IS_TOO_OLD");
    }

    @Test
    void namesTheFieldsThatATypeNeedsAndThoseItDoesNotHave() {
      ObjectNode mixed = Attested.dcap(bound(DcapForge.sgx(), 1, nonce()));
      mixed.remove("collateral");
      Reply reply = register(1, mixed.put("tier", 1));
      assertThat(reply.problem()).isEqualTo("invalid");
      List<String> pointers = new ArrayList<>();
      reply.json().path("errors").forEach(e -> pointers.add(e.path("pointer").asString()));
      assertThat(pointers).containsExactly("/attestation/tier", "/attestation/collateral");
    }

    @Test
    void answersARepeatedRequestAsTheFirst() {
      ObjectNode evidence = Attested.dcap(bound(DcapForge.sgx(), 1, nonce()));
      Reply first = register(1, evidence, "Idempotency-Key", "once");
      clock.pass(ofDays(1));
      Reply again = register(1, evidence, "Idempotency-Key", "once");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(again.json()).isEqualTo(first.json());
    }

    @Test
    void putsOneMinerOfAPlatformToWork() {
      registered(1, DcapForge.sgx());
      ObjectNode same =
          Attested.dcap(
              DcapForge.sgx()
                  .on(Attested.machine(1))
                  .reporting(Attested.reportData(ServedNode.miner(2), nonce())));
      assertThat(register(2, same).status()).isEqualTo(201);
      assertThat(node.post(ServedNode.path(1) + "/start", "").status()).isEqualTo(200);
      Reply second = node.post(ServedNode.path(2) + "/start", "");
      assertThat(second.problem()).isEqualTo("guard-failed");
      assertThat(second.text("required")).isEqualTo("at most 1");
    }

    @Test
    void leavesNoEvidenceInTheState() {
      registered(1, DcapForge.sgx());
      int before = imageSize();
      registered(2, DcapForge.sgx());
      assertThat(imageSize() - before).isLessThan(2_000);
    }

    private int imageSize() {
      return node.node()
          .engine()
          .replica()
          .read(
              state -> {
                try {
                  return io.phalanx.scheduler.codec.CoreJson.stored()
                      .writeValueAsBytes(state.image())
                      .length;
                } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
    }
  }

  @Nested
  class Renew {

    @Test
    void movesTheTierAndTheEnd() {
      registered(1, DcapForge.sgx().rated("SWHardeningNeeded", "INTEL-SA-00615"));
      Reply reply = renew(1, DcapForge.sgx());
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
      assertThat(reply.json().path("tier").asInt()).isEqualTo(1);
    }

    @Test
    void bringsAnExpiredMinerBack() {
      registered(1, DcapForge.sgx());
      clock.pass(ofDays(20));
      JsonNode expired = node.await(ServedNode.path(1), m -> !m.at("/tierEvidence/lapse").isNull());
      assertThat(expired.at("/tierEvidence/lapse").asString()).isEqualTo("EXPIRED");
      assertThat(expired.path("blockers").toString()).contains("evidence");
      Reply start = node.post(ServedNode.path(1) + "/start", "");
      assertThat(start.problem()).isEqualTo("guard-failed");
      DcapForge newer = fresh(DcapForge.sgx());
      assertThat(renew(1, newer).status()).isEqualTo(200);
      assertThat(node.post(ServedNode.path(1) + "/start", "").status()).isEqualTo(200);
    }
  }

  /** With collateral that lasts all year. */
  private static DcapForge fresh(DcapForge forge) {
    java.time.Instant end = java.time.Instant.parse("2026-12-01T00:00:00Z");
    return forge
        .tcbInfo(info -> info.put("issueDate", LATER).put("nextUpdate", end.toString()))
        .qeIdentity(identity -> identity.put("nextUpdate", end.toString()))
        .crl(DcapForge.Lister.ROOT, order -> order.within(DcapForge.ISSUED, end))
        .crl(DcapForge.Lister.CA, order -> order.within(DcapForge.ISSUED, end));
  }

  private static DcapForge newer(String status, String... advisories) {
    return DcapForge.sgx().rated(status, advisories).tcbInfo(info -> info.put("issueDate", LATER));
  }

  private Reply publish(DcapForge forge) {
    return node.put("/v1/collateral/00A067110000", Attested.collateral(forge).toString());
  }

  @Nested
  class Publish {

    @Test
    void movesEveryMachineOfItsFamilyAndNoOther() {
      registered(1, DcapForge.sgx());
      registered(2, DcapForge.sgx());
      registered(3, DcapForge.tdx());
      Reply published = publish(newer("OutOfDate", "INTEL-SA-01010"));
      assertThat(published.status()).as(published.response().body()).isEqualTo(200);
      assertThat(published.text("tee")).isEqualTo("SGX");
      assertThat(published.text("issuedAt")).isEqualTo("2026-01-15T00:00:00.000Z");
      awaitTier(1, 5);
      JsonNode second = awaitTier(2, 5);
      assertThat(second.at("/tierEvidence/advisories/0").asString()).isEqualTo("INTEL-SA-01010");
      assertThat(miner(3).path("tier").asInt()).isEqualTo(1);
    }

    @Test
    void movesARunningContractWithTheReplacementFirst() {
      registered(1, DcapForge.sgx());
      assertThat(node.post(ServedNode.path(1) + "/start", "").status()).isEqualTo(200);
      String wanted = ServedNode.request("").replace("[1, 2, 3]", "[1]");
      String id = node.post("/v1/deployments", wanted).text("id");
      String old = acknowledge(1);
      registered(2, DcapForge.tdx());
      assertThat(node.post(ServedNode.path(2) + "/start", "").status()).isEqualTo(200);
      publish(newer("OutOfDate", "INTEL-SA-01010"));
      JsonNode order = node.awaitOrder(2);
      JsonNode moving = assignment(id, old);
      assertThat(moving.path("state").asString()).isEqualTo("Running");
      assertThat(moving.path("leaving").asBoolean()).isTrue();
      assertThat(assignment(id, order.path("id").asString()).path("replaces").asString())
          .isEqualTo(old);
      acknowledge(2);
      JsonNode moved = assignment(id, old);
      assertThat(moved.path("state").asString()).isEqualTo("Ended");
      assertThat(moved.path("endReason").asString()).isEqualTo("TierDropped");
      assertThat(node.get("/v1/deployments/" + id).text("state")).isEqualTo("Running");
    }

    private String acknowledge(int n) {
      JsonNode order = node.awaitOrder(n);
      String assignment = order.path("id").asString();
      String epoch = "{\"epoch\": " + order.path("epoch").asLong() + "}";
      Reply reply = node.post("/v1/assignments/" + assignment + "/acknowledge", epoch);
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
      return assignment;
    }

    private JsonNode assignment(String deployment, String id) {
      for (JsonNode each : node.get("/v1/deployments/" + deployment).json().path("assignments")) {
        if (each.path("id").asString().equals(id)) {
          return each;
        }
      }
      throw new AssertionError(deployment + " has no " + id);
    }

    @Test
    void movesThemAlsoAfterARestart() {
      registered(1, DcapForge.sgx());
      restart();
      publish(newer("OutOfDate"));
      awaitTier(1, 5);
      restart();
      assertThat(miner(1).path("tier").asInt()).isEqualTo(5);
    }

    @Test
    void decidesOverWhatComesWithAQuoteUnlessThatIsNewer() {
      publish(newer("SWHardeningNeeded", "INTEL-SA-00615"));
      assertThat(register(1, DcapForge.sgx()).json().path("tier").asInt()).isEqualTo(2);
      DcapForge newest =
          newer("OutOfDate").tcbInfo(info -> info.put("issueDate", "2026-01-15T06:00:00Z"));
      assertThat(register(2, newest).json().path("tier").asInt()).isEqualTo(5);
    }

    @Test
    void revivesWhoseCollateralRanOut() {
      registered(1, DcapForge.sgx());
      clock.pass(ofDays(20));
      node.await(ServedNode.path(1), m -> !m.at("/tierEvidence/lapse").isNull());
      assertThat(publish(fresh(DcapForge.sgx())).status()).isEqualTo(200);
      node.await(ServedNode.path(1), m -> m.at("/tierEvidence/lapse").isNull());
    }

    @Test
    void refusesWhatIsOlderForgedOrOfAnotherFamily() {
      assertThat(publish(newer("UpToDate")).status()).isEqualTo(200);
      assertThat(publish(DcapForge.sgx()).problem()).isEqualTo("conflict");
      DcapForge forged = DcapForge.sgx().collateral(fields -> fields.put("tcb_info", "{}"));
      rejected(publish(forged), "TCB_INFO_SIGNATURE_IS_INVALID");
      Reply other =
          node.put("/v1/collateral/00606A000000", Attested.collateral(DcapForge.sgx()).toString());
      rejected(other, "FMSPC_DIFFERS");
      DcapForge bare = DcapForge.tdx().collateral(fields -> fields.remove("pck_crl"));
      rejected(publish(bare), "CRL_IS_MISSING");
    }
  }

  @Nested
  class Policy {

    @Test
    void judgesAnewWhatIsKept() {
      registered(1, DcapForge.sgx().rated("ConfigurationNeeded", "INTEL-SA-00999"));
      assertThat(miner(1).path("tier").asInt()).isEqualTo(4);
      policy("{\"attestation\": {\"allowedAdvisories\": [\"INTEL-SA-00999\"]}}");
      JsonNode risen = awaitTier(1, 3);
      assertThat(risen.at("/tierEvidence/policyVersion").asLong()).isEqualTo(2);
    }

    @Test
    void takesTheTierOfProgramsThatAreNotListed() {
      registered(1, DcapForge.sgx());
      String listed = "\"" + "ab".repeat(32) + "\"";
      assertThat(policy("{\"attestation\": {\"measurements\": [" + listed + "]}}").status())
          .isEqualTo(200);
      JsonNode lapsed = node.await(ServedNode.path(1), m -> !m.at("/tierEvidence/lapse").isNull());
      assertThat(lapsed.at("/tierEvidence/lapse").asString())
          .isEqualTo("MEASUREMENT_IS_NOT_ALLOWED");
      policy("{\"attestation\": {\"measurements\": []}}");
      node.await(ServedNode.path(1), m -> m.at("/tierEvidence/lapse").isNull());
    }

    @ParameterizedTest
    @CsvSource({
      "measurements, [\"xyz\"], /attestation/measurements/0",
      "minersPerPlatform, 0, /attestation/minersPerPlatform",
      "nonceAge, \"PT2H\", /attestation/nonceAge"
    })
    void refusesFiguresOutOfBounds(String field, String value, String pointer) {
      Reply reply = policy("{\"attestation\": {\"" + field + "\": " + value + "}}");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }
  }
}
