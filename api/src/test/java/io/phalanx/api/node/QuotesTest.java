package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.proof.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Firm prices over HTTP, on a node of twenty miners of which all may be held. */
class QuotesTest {
  @TempDir private static Path folder;

  private static ServedNode node;

  @BeforeAll
  static void start() {
    node = ServedNode.start(folder.resolve("shared"), Map.of());
    furnish(node, 20);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void furnish(ServedNode node, int miners) {
    for (int n = 1; n <= miners; n++) {
      node.startMiner(n, "op-" + n, 2);
    }
    Reply policy = node.get("/v1/policy");
    Reply patched =
        node.call(
            "PATCH",
            "/v1/policy",
            "{\"quotes\": {\"percent\": 100}}",
            "If-Match",
            policy.header("ETag"));
    assertThat(patched.status()).as(patched.response().body()).isEqualTo(200);
  }

  private static Reply ask(String developer, String more, String... headers) {
    List<String> all = new ArrayList<>(List.of("X-Developer", developer));
    all.addAll(List.of(headers));
    return node.post("/v1/quotes", ServedNode.request(more), all.toArray(String[]::new));
  }

  private static Reply redeem(String developer, String quote, String... headers) {
    List<String> all = new ArrayList<>(List.of("X-Developer", developer));
    all.addAll(List.of(headers));
    return node.post(
        "/v1/deployments", "{\"quote\": \"" + quote + "\"}", all.toArray(String[]::new));
  }

  private static String available(String developer) {
    return node.get("/v1/accounts/" + developer).text("available");
  }

  @Nested
  class Listing {
    @Test
    void hasTheCallersOwnByStateAndByPage() {
      String first = ask("lea", "").text("id");
      String second = ask("lea", "").text("id");
      String others = ask("leo", "").text("id");
      node.call("DELETE", "/v1/quotes/" + first, "");
      assertThat(listed("lea", "")).containsExactly(second, first);
      assertThat(listed("lea", "?state=Offered,Lacking")).containsExactly(second);
      assertThat(listed("lea", "?order=asc&developer=leo")).containsExactly(first, second);
      Reply page = node.get("/v1/quotes?limit=1", "X-Developer", "lea");
      assertThat(listed("lea", "?limit=1&after=" + page.text("next"))).containsExactly(first);
      Reply all = node.get("/v1/quotes?developer=leo");
      assertThat(all.json().at("/items/0")).isEqualTo(node.get("/v1/quotes/" + others).json());
      assertThat(node.get("/v1/quotes?state=Sold").status()).isEqualTo(422);
      node.call("DELETE", "/v1/quotes/" + second, "");
      node.call("DELETE", "/v1/quotes/" + others, "");
    }

    private List<String> listed(String developer, String query) {
      List<String> ids = new ArrayList<>();
      node.get("/v1/quotes" + query, "X-Developer", developer)
          .json()
          .path("items")
          .forEach(item -> ids.add(item.path("id").asString()));
      return ids;
    }
  }

  @Nested
  class Figures {
    @Test
    void tellWhatQuotesHoldAndWhatBecameOfThem() {
      JsonNode before = node.get("/v1/network").json().path("quotes");
      double withdrawn = metric("phalanx_quotes_moves_total{state=\"withdrawn\"}");
      String id = ask("fay", "\"replicas\": 3").text("id");
      node.await(
          "/v1/network",
          seen ->
              seen.at("/quotes/open").asInt() == before.path("open").asInt() + 1
                  && seen.at("/quotes/reservedMiners").asInt()
                      == before.path("reservedMiners").asInt() + 3);
      assertThat(metric("phalanx_quotes_open")).isEqualTo(before.path("open").asInt() + 1);
      assertThat(metric("phalanx_quotes_reserved")).isGreaterThanOrEqualTo(3);
      node.call("DELETE", "/v1/quotes/" + id, "");
      assertThat(metric("phalanx_quotes_moves_total{state=\"withdrawn\"}"))
          .isEqualTo(withdrawn + 1);
      assertThat(metric("phalanx_quotes_moves_total{state=\"offered\"}")).isPositive();
    }

    private double metric(String name) {
      return node.get("/metrics")
          .response()
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  class Ask {
    @Test
    void isAnsweredWithAFirmPriceAndMinersThatAreHeld() {
      Reply quote = ask("ann", "\"replicas\": 2, \"validFor\": \"PT2M\"");
      assertThat(quote.status()).as(quote.response().body()).isEqualTo(201);
      assertThat(quote.header("Location")).isEqualTo("/v1/quotes/" + quote.text("id"));
      assertThat(quote.text("state")).isEqualTo("Offered");
      assertThat(quote.json().path("replicas").size()).isEqualTo(2);
      JsonNode line = quote.json().path("replicas").get(0);
      assertThat(line.path("gasPrice").asString()).isEqualTo("900");
      assertThat(line.path("tier").asInt()).isEqualTo(2);
      assertThat(quote.json().at("/request/validFor").asString()).isEqualTo("PT2M");
      assertThat(quote.json().at("/request/minReplicas").asInt()).isEqualTo(2);
      JsonNode others = node.post("/v1/deployments?dryRun=true", ServedNode.request("")).json();
      assertThat(others.path("eliminations").toString()).contains("reserved");
      assertThat(node.get(quote.header("Location")).json()).isEqualTo(quote.json());
      assertThat(node.call("DELETE", quote.header("Location"), "").text("state"))
          .isEqualTo("Withdrawn");
    }

    @Test
    void isSignedByTheScheduler() throws Exception {
      Reply quote = ask("bob", "");
      ObjectNode document = (ObjectNode) new ObjectMapper().readTree(quote.response().body());
      String key = node.get("/v1/scheduler-key").json().at("/keys/0/publicKey").asString();
      assertThat(quote.text("keyId")).isEqualTo(key);
      assertThat(SignedDocument.isSignedBy(new VerifyingKey(key), document)).isTrue();
      document.put("expiresAt", "2099-01-01T00:00:00.000Z");
      assertThat(SignedDocument.isSignedBy(new VerifyingKey(key), document)).isFalse();
      node.call("DELETE", quote.header("Location"), "");
    }

    @Test
    void isRefusedWhenTheRoundGivesItNothingAndKeepsNothing() {
      ask("cy", "\"minPerformance\": 999999");
      String before = available("cy");
      Reply refused = ask("cy", "\"minPerformance\": 999999", "Idempotency-Key", "again");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.problem()).isEqualTo("not-placeable");
      assertThat(available("cy")).isEqualTo(before);
      Reply again = ask("cy", "\"minPerformance\": 999999", "Idempotency-Key", "again");
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void isRefusedBeyondTheQuota() {
      List<String> open = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        open.add(ask("dee", "").header("Location"));
      }
      Reply refused = ask("dee", "");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.problem()).isEqualTo("quota-exceeded");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      open.forEach(path -> node.call("DELETE", path, ""));
    }

    @Test
    void namesItsFaults() {
      Reply refused = ask("eve", "\"validFor\": \"PT11M\", \"minReplicas\": 2, \"replica\": 1");
      assertThat(refused.status()).isEqualTo(422);
      List<String> pointers = new ArrayList<>();
      refused.json().path("errors").forEach(e -> pointers.add(e.path("pointer").asString()));
      assertThat(pointers).containsExactlyInAnyOrder("/validFor", "/minReplicas", "/replica");
    }

    @Test
    void underAKeyIsAnsweredAsTheFirstWas() {
      Reply first = ask("fay", "", "Idempotency-Key", "one");
      Reply again = ask("fay", "", "Idempotency-Key", "one");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(again.json()).isEqualTo(first.json());
      assertThat(ask("fay", "\"replicas\": 2", "Idempotency-Key", "one").problem())
          .isEqualTo("key-reused");
      node.call("DELETE", first.header("Location"), "");
    }
  }

  @Nested
  class Redeem {
    @Test
    void answersAPlacedDeploymentOnTheQuotesTermsAndOnce() {
      Reply quote = ask("gil", "\"replicas\": 2, \"labels\": {\"team\": \"oracle\"}");
      String held = node.get("/v1/accounts/gil").text("held");
      Reply made = redeem("gil", quote.text("id"), "Idempotency-Key", "take");
      assertThat(made.status()).as(made.response().body()).isEqualTo(201);
      assertThat(made.text("state")).isEqualTo("Placed");
      assertThat(made.header("Location")).isEqualTo("/v1/deployments/" + made.text("id"));
      assertThat(made.json().at("/labels/team").asString()).isEqualTo("oracle");
      List<String> quoted = new ArrayList<>();
      quote
          .json()
          .path("replicas")
          .forEach(line -> quoted.add(line.path("minerId") + " " + line.path("gasPrice")));
      List<String> placed = new ArrayList<>();
      made.json()
          .path("assignments")
          .forEach(line -> placed.add(line.path("minerId") + " " + line.path("gasPrice")));
      assertThat(placed).containsExactlyInAnyOrderElementsOf(quoted);
      assertThat(node.get("/v1/accounts/gil").text("held")).isEqualTo(held);
      Reply again = redeem("gil", quote.text("id"), "Idempotency-Key", "take");
      assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(again.json()).isEqualTo(made.json());
      Reply second = redeem("gil", quote.text("id"));
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.problem()).isEqualTo("quote-expired");
      assertThat(node.get(quote.header("Location")).text("state")).isEqualTo("Redeemed");
      assertThat(node.call("DELETE", quote.header("Location"), "").problem()).isEqualTo("conflict");
    }

    @Test
    void isRefusedAfterItsTime() {
      Reply quote = ask("hal", "\"validFor\": \"PT0.2S\"");
      node.await(quote.header("Location"), q -> q.path("state").asString().equals("Expired"));
      Reply refused = redeem("hal", quote.text("id"));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.problem()).isEqualTo("quote-expired");
      assertThat(available("hal")).isEqualTo("1000000000000000000000000");
      assertThat(node.get("/v1/accounts/hal").text("held")).isEqualTo("0");
    }

    @Test
    void isRefusedToOthersAndForWhatIsNotThere() {
      Reply quote = ask("ida", "");
      assertThat(redeem("jon", quote.text("id")).status()).isEqualTo(404);
      assertThat(node.get(quote.header("Location"), "X-Developer", "jon").status()).isEqualTo(404);
      assertThat(node.call("DELETE", quote.header("Location"), "", "X-Developer", "jon").status())
          .isEqualTo(404);
      assertThat(redeem("ida", "q-nothing").status()).isEqualTo(404);
      node.call("DELETE", quote.header("Location"), "");
    }

    @Test
    void takesNothingButNameAndLabels() {
      Reply refused = node.post("/v1/deployments", "{\"quote\": \"q-1\", \"maxGasPrice\": \"1\"}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/maxGasPrice");
      assertThat(node.post("/v1/deployments?dryRun=true", "{\"quote\": \"q-1\"}").status())
          .isEqualTo(422);
    }
  }

  @Nested
  class Restart {
    @Test
    void keepsWhatIsOfferedAndWhatWasRedeemed() {
      Path data = folder.resolve("restarted");
      String open;
      String used;
      JsonNode document;
      try (ServedNode first = ServedNode.start(data, Map.of())) {
        furnish(first, 3);
        Reply offered = first.post("/v1/quotes", ServedNode.request(""));
        open = offered.text("id");
        document = offered.json();
        used = first.post("/v1/quotes", ServedNode.request("")).text("id");
        assertThat(first.post("/v1/deployments", "{\"quote\": \"" + used + "\"}").status())
            .isEqualTo(201);
      }
      try (ServedNode again = ServedNode.start(data, Map.of())) {
        assertThat(again.get("/v1/quotes/" + open).json()).isEqualTo(document);
        assertThat(again.post("/v1/deployments", "{\"quote\": \"" + used + "\"}").problem())
            .isEqualTo("quote-expired");
        Reply made = again.post("/v1/deployments", "{\"quote\": \"" + open + "\"}");
        assertThat(made.text("state")).isEqualTo("Placed");
      }
    }
  }

  @Nested
  class Round {
    @Test
    void thatDecidedAQuoteCanBePlannedAgain() {
      Reply quote = ask("kim", "\"replicas\": 2");
      JsonNode round = node.get("/v1/rounds?limit=1").json().at("/items/0");
      JsonNode whole = node.get("/v1/rounds/" + round.path("number") + "?full=true").json();
      assertThat(whole.path("plan").toString()).contains(quote.text("id"));
      assertThat(whole.path("plan").size()).isEqualTo(2);
      node.call("DELETE", quote.header("Location"), "");
    }
  }
}
