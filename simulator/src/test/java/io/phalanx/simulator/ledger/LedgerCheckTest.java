package io.phalanx.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.Waiting;
import io.phalanx.simulator.fake.FakeService;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.CallListener;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.http.ServiceClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {
  private static final String MINER = "ab".repeat(32);
  private static final BigInteger PRICE = BigInteger.valueOf(7);

  private final Vertx vertx = Vertx.vertx();
  private final FakeService service = new FakeService();
  private final ServiceClient client =
      new ServiceClient(vertx, service.url(), 4, RetryPolicy.ONCE, CallListener.none());
  private final LedgerOfAnswers ledger = LedgerOfAnswers.inMemory();

  /** Everything that a ledger holds happens once: miner, deposit, deployment, charged gas. */
  @BeforeEach
  void writeEverything() throws InterruptedException {
    create("/v1/miners", miner(), "m");
    ledger.miner(MINER, 1);
    post("/v1/miners/" + MINER + "/start", new JsonObject());
    JsonObject deposit = new JsonObject().put("amount", "50").put("reference", "r");
    create("/v1/accounts/dev/deposits", deposit, "r");
    ledger.opening("dev", BigInteger.ZERO);
    ledger.depositSent("dev", BigInteger.valueOf(50));
    ledger.deposited("dev", "r", BigInteger.valueOf(50), 2);
    Answer posted = create("/v1/deployments", deployment(), "k");
    String id = posted.json().path("id").asText();
    ledger.deployment(id, "dev", "name", "k", posted.position());
    useGas();
  }

  @AfterEach
  void close() {
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  private void useGas() throws InterruptedException {
    JsonObject beat = new JsonObject().put("sequence", 1);
    Answer orders = post("/v1/miners/" + MINER + "/heartbeats", beat);
    var offer = orders.json().path("assignments").path(0);
    String id = offer.path("id").asText();
    JsonObject epoch = new JsonObject().put("epoch", offer.path("epoch").asLong());
    post("/v1/assignments/" + id + "/acknowledge", epoch);
    Thread.sleep(5); // no machine has used gas at the instant it began
    JsonObject reading = epoch.copy().put("assignmentId", id).put("sequence", 1).put("gasUsed", 9);
    ledger.gasSent(id, offer.path("deploymentId").asText(), PRICE, 9);
    post("/v1/gas", new JsonObject().put("readings", new JsonArray().add(reading)));
    ledger.gasCharged(id, BigInteger.valueOf(63), 5);
  }

  private static JsonObject miner() {
    return new JsonObject()
        .put("minerId", MINER)
        .put("operator", "op")
        .put("stake", "1")
        .put("performance", 6_000)
        .put("gasPrice", "7")
        .put("attestation", new JsonObject().put("type", "declared").put("tier", 1));
  }

  private static JsonObject deployment() {
    return new JsonObject()
        .put("name", "name")
        .put("codeHash", "0x" + "00".repeat(32))
        .put("budget", "1")
        .put("replicas", 1);
  }

  private Answer create(String path, JsonObject body, String key) {
    return send(Call.create(path, body.toBuffer(), key).by("dev"));
  }

  private Answer post(String path, JsonObject body) {
    return send(Call.post(path, body.toBuffer()));
  }

  private Answer send(Call call) {
    Answer answer = Waiting.on(vertx, () -> client.send(call));
    assertThat(answer.ok()).as("%s: %s", call.path(), answer.body()).isTrue();
    return answer;
  }

  private LedgerVerdict verdict() {
    assertThat(service.violations()).isEmpty();
    return Waiting.on(vertx, () -> new LedgerCheck(client, ledger, 10).run());
  }

  @Nested
  class Run {
    @Test
    void holdsWhenEverythingIsThereOnce() {
      assertThat(verdict().holds()).isTrue();
      assertThat(verdict().checked()).isEqualTo(4);
    }

    @Test
    void namesADeploymentThatIsGone() {
      service.loseADeployment();
      assertThat(verdict().lost()).anyMatch(what -> what.startsWith("deployment d"));
    }

    @Test
    void namesADeploymentThatIsThereTwice() {
      service.doubleADeployment();
      assertThat(verdict().doubled()).anyMatch(what -> what.startsWith("deployment name is there"));
    }

    @Test
    void namesTwoAnswersUnderOneKey() {
      ledger.deployment("other", "dev", "name", "k", 9);
      assertThat(verdict().doubled()).anyMatch(what -> what.startsWith("key k made deployments d"));
    }

    @Test
    void namesAMinerThatIsGone() {
      ledger.miner("cd".repeat(32), 3);
      assertThat(verdict().lost()).containsExactly("miner " + "cd".repeat(32));
    }

    @Test
    void namesGasThatWasChargedTwice() {
      service.chargeTwice();
      assertThat(verdict().doubled()).anyMatch(what -> what.endsWith("charged 126 of at most 63"));
    }

    @Test
    void namesGasWhoseChargeIsGone() {
      ledger.gasCharged(ledger.gas().keySet().iterator().next(), BigInteger.ONE, 6);
      assertThat(verdict().lost()).anyMatch(what -> what.endsWith("charged 63, answered was 64"));
    }

    @Test
    void namesADepositThatIsGone() {
      service.loseDeposits();
      assertThat(verdict().lost()).containsExactly("account dev holds 1, not 50");
    }

    @Test
    void namesADepositThatIsThereTwice() {
      JsonObject again = new JsonObject().put("amount", "50").put("reference", "r2");
      create("/v1/accounts/dev/deposits", again, "r2");
      assertThat(verdict().doubled()).containsExactly("account dev holds 100, not 50");
    }

    @Test
    void allowsADepositWhoseOutcomeIsUnknown() {
      ledger.depositSent("dev", BigInteger.valueOf(50));
      assertThat(verdict().holds()).isTrue();
      create(
          "/v1/accounts/dev/deposits",
          new JsonObject().put("amount", "50").put("reference", "r2"),
          "r2");
      assertThat(verdict().holds()).isTrue();
    }

    @Test
    void saysWhatItCouldNotAsk() {
      service.close();
      LedgerVerdict verdict = Waiting.on(vertx, () -> new LedgerCheck(client, ledger, 10).run());
      assertThat(verdict.unchecked()).isNotEmpty();
      assertThat(verdict.holds()).isFalse();
    }
  }
}
