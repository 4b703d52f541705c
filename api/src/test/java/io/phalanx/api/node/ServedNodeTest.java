package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
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

/** What a client can rely on, tried on one node. */
class ServedNodeTest {
  @TempDir private static Path folder;

  private static ServedNode node;

  @BeforeAll
  static void start() {
    node = ServedNode.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Reply create(String more, String... headers) {
    return node.post("/v1/deployments", ServedNode.request(more), headers);
  }

  /** A request that no miner of these tests can take. */
  private static String pending(String developer) {
    return create("\"minPerformance\": 999999", "X-Developer", developer).text("id");
  }

  @Nested
  class Create {
    @Test
    void answersEveryFieldOfTheRequestAndOfTheDeployment() {
      Reply created = create("\"labels\": {\"team\": \"oracle\"}, \"lifetime\": \"PT48H\"");
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.json().propertyNames())
          .contains(
              "id",
              "developer",
              "state",
              "createdAt",
              "endedAt",
              "endReason",
              "spent",
              "held",
              "assignments",
              "codeUri",
              "queueTimeout",
              "labels",
              "preference",
              "minReplicas");
      assertThat(created.text("lifetime")).isEqualTo("PT48H");
      assertThat(created.text("name")).isEqualTo(created.text("id"));
      assertThat(Long.parseLong(created.header("Journal-Position"))).isPositive();
    }

    @Test
    void namesEveryFaultAtOnce() {
      Reply refused =
          node.post(
              "/v1/deployments",
              "{\"tiers\": [0], \"replica\": 2, \"maxGasPrice\": 5, \"budget\": \"0\"}");
      assertThat(refused.status()).isEqualTo(422);
      List<String> pointers = new ArrayList<>();
      refused.json().path("errors").forEach(e -> pointers.add(e.path("pointer").asString()));
      assertThat(pointers)
          .containsExactlyInAnyOrder(
              "/codeHash", "/tiers/0", "/replica", "/maxGasPrice", "/budget");
    }

    @Test
    void holdsTheBudget() {
      create("", "X-Developer", "holder");
      JsonNode account = node.get("/v1/accounts/holder").json();
      assertThat(account.path("held").asString()).isEqualTo("5000000000000");
      assertThat(account.path("available").asString()).isEqualTo("999999999995000000000000");
    }

    @Test
    void isRefusedBeyondTheBalance() {
      String large = ServedNode.request("").replace("5000000000000", "999999999999999999999999999");
      Reply refused = node.post("/v1/deployments", large, "X-Developer", "poor");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.problem()).isEqualTo("insufficient-balance");
      assertThat(refused.json().has("required")).isTrue();
    }

    @Test
    void dryRunExplainsAndKeepsNothing() {
      Reply explained =
          node.post(
              "/v1/deployments?dryRun=true",
              ServedNode.request("\"minPerformance\": 999999"),
              "X-Developer",
              "dry");
      assertThat(explained.status()).isEqualTo(200);
      assertThat(explained.text("verdict")).isEqualTo("never");
      assertThat(node.get("/v1/deployments", "X-Developer", "dry").json().path("items")).isEmpty();
    }
  }

  @Nested
  class IdempotencyKey {
    @Test
    void answersTheSameAgainAndDoesNothingTwice() {
      String[] headers = {"X-Developer", "key-a", "Idempotency-Key", "k-1"};
      String[] quoted = {"X-Developer", "key-a", "Idempotency-Key", "\"k-1\""};
      Reply first = create("", headers);
      Reply second = create("", quoted);
      assertThat(second.status()).isEqualTo(201);
      assertThat(second.json()).isEqualTo(first.json());
      assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(second.header("Location")).isEqualTo(first.header("Location"));
      assertThat(first.header("Idempotent-Replayed")).isEmpty();
      assertThat(node.get("/v1/deployments", "X-Developer", "key-a").json().path("items"))
          .hasSize(1);
    }

    @Test
    void answersToTheLetterWhateverBecameOfIt() {
      String[] headers = {"X-Developer", "key-e", "Idempotency-Key", "k-1"};
      Reply first = create("\"name\": \"x\", \"labels\": {\"a\": \"1\"}", headers);
      node.call("DELETE", "/v1/deployments/" + first.text("id"), "", "X-Developer", "key-e");
      Reply again = create("\"name\": \"x\", \"labels\": {\"a\": \"1\"}", headers);
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.response().body()).isEqualTo(first.response().body());
      assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void refusesAnotherBody() {
      create("", "X-Developer", "key-b", "Idempotency-Key", "k-1");
      Reply other = create("\"name\": \"x\"", "X-Developer", "key-b", "Idempotency-Key", "k-1");
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.problem()).isEqualTo("key-reused");
    }

    @Test
    void isTheCallersOwnAndThePathsOwn() {
      create("", "X-Developer", "key-c", "Idempotency-Key", "k-1");
      assertThat(
              create("", "X-Developer", "key-d", "Idempotency-Key", "k-1")
                  .header("Idempotent-Replayed"))
          .isEmpty();
      String body = "{\"amount\": \"5\", \"reference\": \"r\"}";
      assertThat(
              node.post(
                      "/v1/accounts/key-c/deposits",
                      body,
                      "X-Developer",
                      "key-c",
                      "Idempotency-Key",
                      "k-1")
                  .status())
          .isEqualTo(201);
    }
  }

  @Nested
  class Patch {
    @Test
    void changesLabelsOneByOneAndResetsByNull() {
      String id =
          create("\"labels\": {\"a\": \"1\", \"b\": \"2\"}, \"queueTimeout\": \"PT9H\"").text("id");
      Reply changed =
          node.call(
              "PATCH",
              "/v1/deployments/" + id,
              "{\"labels\": {\"a\": null, \"c\": \"3\"}, \"queueTimeout\": null}");
      assertThat(changed.status()).isEqualTo(200);
      assertThat(changed.json().path("labels").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
      assertThat(changed.json().path("queueTimeout").isNull()).isTrue();
    }

    @Test
    void changesWhatIsAskedForWhilePending() {
      String id = pending("patcher");
      Reply changed =
          node.call(
              "PATCH",
              "/v1/deployments/" + id,
              "{\"replicas\": 4, \"tiers\": [5], \"name\": \"n\"}");
      assertThat(changed.json().path("replicas").asInt()).isEqualTo(4);
      assertThat(changed.json().path("minReplicas").asInt()).isEqualTo(4);
      assertThat(changed.json().path("tiers").toString()).isEqualTo("[5]");
    }

    @Test
    void isHeldAgainstTheWholeOfTheResult() {
      String id = pending("patcher");
      Reply refused = node.call("PATCH", "/v1/deployments/" + id, "{\"minReplicas\": 2}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().path("errors").get(0).path("pointer").asString())
          .isEqualTo("/minReplicas");
    }

    @Test
    void cannotTouchTheCodeNorWhatIsAnothers() {
      String id = pending("patcher");
      String hash = "{\"codeHash\": \"0x" + "0".repeat(64) + "\"}";
      assertThat(node.call("PATCH", "/v1/deployments/" + id, hash).status()).isEqualTo(422);
      assertThat(node.call("PATCH", "/v1/deployments/" + id, "{}", "X-Developer", "eve").status())
          .isEqualTo(404);
    }

    @Test
    void isAConflictOnceItHasEnded() {
      String id = pending("patcher");
      assertThat(node.call("DELETE", "/v1/deployments/" + id, "").text("endReason"))
          .isEqualTo("Cancelled");
      assertThat(node.call("DELETE", "/v1/deployments/" + id, "").status()).isEqualTo(200);
      Reply refused = node.call("PATCH", "/v1/deployments/" + id, "{\"name\": \"late\"}");
      assertThat(refused.problem()).isEqualTo("conflict");
    }
  }

  @Nested
  class Lists {
    @Test
    void arePagedNewestFirstWithoutGapOrRepeat() {
      List<String> created = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        created.add(0, pending("lister"));
      }
      List<String> listed = new ArrayList<>();
      String next = "";
      do {
        String after = next.isEmpty() ? "" : "&after=" + next;
        JsonNode page = node.get("/v1/deployments?limit=3" + after, "X-Developer", "lister").json();
        page.path("items").forEach(item -> listed.add(item.path("id").asString()));
        assertThat(page.path("items").get(0).has("assignments")).isFalse();
        next = page.path("next").asString("");
      } while (!next.isEmpty());
      assertThat(listed).isEqualTo(created);
    }

    @Test
    void areFilteredByStateLabelAndDeveloper() {
      create(
          "\"minPerformance\": 999999, \"labels\": {\"team\": \"red\"}", "X-Developer", "filter-a");
      create(
          "\"minPerformance\": 999999, \"labels\": {\"team\": \"blue\"}",
          "X-Developer",
          "filter-b");
      JsonNode both =
          node.get("/v1/deployments?developer=filter-a,filter-b&state=Pending,Ended").json();
      assertThat(both.path("items")).hasSize(2);
      JsonNode red = node.get("/v1/deployments?developer=filter-a,filter-b&label=team:red").json();
      assertThat(red.path("items")).hasSize(1);
      JsonNode confined =
          node.get("/v1/deployments?developer=filter-b", "X-Developer", "filter-a").json();
      assertThat(confined.path("items").get(0).path("developer").asString()).isEqualTo("filter-a");
    }

    @Test
    void refuseACursorThatWasNeverGivenOut() {
      Reply refused = node.get("/v1/deployments?after=zzzz");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().path("errors").get(0).path("pointer").asString())
          .isEqualTo("/after");
    }
  }

  @Nested
  class Explanations {
    @Test
    void sayWhatIsNotThere() {
      String query = "/explanation?miner=" + ServedNode.miner(4_242);
      assertThat(node.get("/v1/deployments/" + pending("asker") + query).text("detail"))
          .contains("miner");
      assertThat(node.get("/v1/deployments/d-none" + query).text("detail")).contains("deployment");
    }
  }

  @Nested
  class Tenants {
    @Test
    void doNotSeeEachOther() {
      String id = pending("owner");
      for (String path : new String[] {"", "/gas", "/explanation", "/assignments", "/events"}) {
        assertThat(node.get("/v1/deployments/" + id + path, "X-Developer", "eve").status())
            .as(path)
            .isEqualTo(404);
      }
      assertThat(node.get("/v1/accounts/owner", "X-Developer", "eve").status()).isEqualTo(404);
      assertThat(node.call("DELETE", "/v1/deployments/" + id, "", "X-Developer", "eve").status())
          .isEqualTo(404);
      assertThat(node.get("/v1/deployments/" + id).status()).isEqualTo(200);
    }
  }

  @Nested
  class Accounts {
    @Test
    void countAReferenceOnce() {
      String deposits = "/v1/accounts/saver/deposits";
      String body = "{\"amount\": \"7\", \"reference\": \"r-1\"}";
      assertThat(node.post(deposits, body).status()).isEqualTo(201);
      assertThat(node.post(deposits, body).status()).isEqualTo(201);
      Reply other = node.post(deposits, body.replace("7", "8"));
      assertThat(other.problem()).isEqualTo("key-reused");
      assertThat(node.get("/v1/accounts/saver").text("available"))
          .isEqualTo("1000000000000000000000007");
    }

    @Test
    void listTheirOwnMovementsAtOnce() {
      create("", "X-Developer", "booked");
      JsonNode lines = node.get("/v1/accounts/booked/entries").json().path("items");
      assertThat(lines.get(0).path("kind").asString()).isEqualTo("hold");
      assertThat(lines.get(0).path("balance").asString()).isEqualTo("999999999995000000000000");
    }

    @Test
    void refuseToGoBelowZero() {
      Reply refused =
          node.post(
              "/v1/accounts/spender/withdrawals",
              "{\"amount\": \"1000000000000000000000001\", \"reference\": \"r\"}");
      assertThat(refused.problem()).isEqualTo("insufficient-balance");
    }
  }

  @Nested
  class Miners {
    @Test
    void areKnownOnce() {
      node.startMiner(901, "op-x", 3);
      Reply again =
          node.post(
              "/v1/miners",
              """
              {"minerId": "%s", "operator": "op-x", "region": "eu", "performance": 1000,
               "gasPrice": "1", "attestation": {"type": "declared", "tier": 1}}"""
                  .formatted(ServedNode.miner(901)));
      assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void needAStakeToStart() {
      node.post(
          "/v1/miners",
          """
          {"minerId": "%s", "operator": "op-y", "region": "us", "performance": 1000,
           "gasPrice": "1", "attestation": {"type": "declared", "tier": 1}}"""
              .formatted(ServedNode.miner(902)));
      Reply refused = node.post(ServedNode.path(902) + "/start", "");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.problem()).isEqualTo("guard-failed");
      assertThat(refused.text("required")).startsWith("158113883008");
      assertThat(refused.text("actual")).isEqualTo("0");
      String stake = "{\"amount\": \"5000000000000000\", \"reference\": \"s\"}";
      assertThat(node.call("PUT", ServedNode.path(902) + "/stake", stake).status()).isEqualTo(200);
      assertThat(node.post(ServedNode.path(902) + "/start", "").text("state")).isEqualTo("Idle");
    }

    @Test
    void areCordonedAndLifted() {
      node.startMiner(903, "op-z", 3);
      Reply cordoned =
          node.post(
              ServedNode.path(903) + "/cordon", "{\"reason\": \"disk\"}", "X-Developer", "op-z");
      assertThat(cordoned.json().path("cordoned").path("by").asString()).isEqualTo("op-z");
      assertThat(cordoned.json().path("blockers").toString()).contains("cordoned");
      assertThat(node.post(ServedNode.path(903) + "/uncordon", "").json().path("cordoned").isNull())
          .isTrue();
      assertThat(
              node.post(
                      ServedNode.path(903) + "/cordon",
                      "{\"reason\": \"r\", \"drainWithin\": \"P2D\"}")
                  .status())
          .isEqualTo(422);
    }

    @Test
    void areListedByFilter() {
      node.startMiner(904, "op-list", 4);
      node.startMiner(905, "op-list", 5);
      JsonNode both = node.get("/v1/miners?operator=op-list&state=Idle,Active").json();
      assertThat(both.path("items")).hasSize(2);
      JsonNode one = node.get("/v1/miners?operator=op-list&tier=5&region=eu").json();
      assertThat(one.path("items").get(0).path("minerId").asString())
          .isEqualTo(ServedNode.miner(905));
    }
  }

  @Nested
  class Policy {
    @Test
    void changesOnlyFromTheVersionItWasReadAt() {
      Reply read = node.get("/v1/policy");
      String etag = read.header("ETag");
      String patch = "{\"assignments\": {\"acknowledgement\": \"PT31S\"}}";
      assertThat(node.call("PATCH", "/v1/policy", patch).status()).isEqualTo(428);
      Reply changed = node.call("PATCH", "/v1/policy", patch, "If-Match", etag);
      assertThat(changed.status()).isEqualTo(200);
      assertThat(changed.json().path("assignments").path("acknowledgement").asString())
          .isEqualTo("PT31S");
      assertThat(changed.header("ETag")).isNotEqualTo(etag);
      assertThat(node.call("PATCH", "/v1/policy", patch, "If-Match", etag).status()).isEqualTo(412);
      assertThat(node.get("/v1/policy").json()).isEqualTo(changed.json());
    }

    @Test
    void refusesFiguresThatCannotBe() {
      String etag = node.get("/v1/policy").header("ETag");
      Reply refused =
          node.call(
              "PATCH",
              "/v1/policy",
              "{\"gas\": {\"treasuryPercent\": 101, \"tip\": 1}, \"miners\": {\"coolDown\": \"P1M\"}}",
              "If-Match",
              etag);
      assertThat(refused.json().path("errors")).hasSize(3);
      Reply late =
          node.call(
              "PATCH",
              "/v1/policy",
              "{\"miners\": {\"nextHeartbeatIn\": \"PT20S\"}}",
              "If-Match",
              etag);
      assertThat(late.json().path("errors").get(0).path("pointer").asString())
          .isEqualTo("/miners/nextHeartbeatIn");
    }
  }

  @Nested
  class Service {
    @Test
    void saysHowItIs() {
      assertThat(node.get("/health/live").text("status")).isEqualTo("up");
      assertThat(node.get("/health/ready").text("status")).isEqualTo("up");
      JsonNode cluster = node.get("/v1/cluster").json();
      assertThat(cluster.path("leader").asString()).isEqualTo("node-1");
      assertThat(cluster.path("nodes").get(0).path("leader").asBoolean()).isTrue();
      JsonNode network = node.get("/v1/network").json();
      assertThat(network.path("tiers")).hasSize(5);
    }

    @Test
    void countsByRouteAndNeverByTenant() {
      pending("secret-tenant");
      String metrics = node.get("/metrics").response().body();
      assertThat(metrics)
          .contains("phalanx_http_requests_seconds_count{method=\"POST\",route=\"/v1/deployments\"")
          .contains("phalanx_journal_position")
          .contains("jvm_memory_used_bytes")
          .doesNotContain("secret-tenant");
    }

    @Test
    void readsItsOwnWrites() {
      Reply created = create("");
      String position = created.header("Journal-Position");
      Reply read =
          node.get("/v1/deployments/" + created.text("id"), "Min-Journal-Position", position);
      assertThat(read.status()).isEqualTo(200);
      assertThat(Long.parseLong(read.header("Journal-Position")))
          .isGreaterThanOrEqualTo(Long.parseLong(position));
    }
  }

  @Nested
  class Streams {
    private static RawClient open(String path, String headers) {
      RawClient client = new RawClient(node.port());
      client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
      return client;
    }

    private static List<String> ids(String text) {
      return text.lines().filter(l -> l.startsWith("id: ")).map(l -> l.substring(4)).toList();
    }

    @Test
    void ofADeploymentStartWithItsStateAndGoOn() {
      String id = pending("streamer");
      try (RawClient client = open("/v1/deployments/" + id + "/events", "")) {
        assertThat(client.readUntil("\"state\":\"Pending\"")).contains("event: deployment");
        node.call("DELETE", "/v1/deployments/" + id, "");
        assertThat(client.readUntil("\"state\":\"Ended\"")).contains("event: deployment");
      }
    }

    @Test
    void resumeWithNothingMissedAndNothingTwice() {
      String first;
      try (RawClient client = open("/v1/events?kind=deployment", "X-Developer: resumer\r\n")) {
        client.readUntil("text/event-stream");
        pending("resumer");
        first = ids(client.readUntil("\n\n")).get(0);
      }
      List<String> created = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        created.add(pending("resumer"));
      }
      pending("other");
      String headers = "X-Developer: resumer\r\nLast-Event-ID: " + first + "\r\n";
      try (RawClient client = open("/v1/events?kind=deployment", headers)) {
        StringBuilder read = new StringBuilder();
        for (String id : created) {
          read.append(client.readUntil("\"id\":\"" + id + "\""));
        }
        assertThat(ids(read.toString())).hasSize(5).doesNotHaveDuplicates().doesNotContain(first);
        assertThat(read.toString()).doesNotContain("\"developer\":\"other\"");
      }
    }

    @Test
    void waitForWhatAnotherNodeHasToldAlready() {
      pending("ahead"); // from now on each is one event
      long next = Long.parseLong(node.get("/v1/network").header("Journal-Position")) + 1;
      String headers = "Last-Event-ID: " + next + ".x\r\n";
      try (RawClient client = open("/v1/events?kind=deployment", headers)) {
        String known = pending("ahead");
        String unknown = pending("ahead");
        assertThat(client.readUntil("\"id\":\"" + unknown + "\""))
            .contains("200 OK")
            .doesNotContain("\"id\":\"" + known + "\"");
      }
    }

    @Test
    void cannotResumeFromTheFuture() {
      Reply refused = node.get("/v1/events?after=9007199254740991.0");
      assertThat(refused.status()).isEqualTo(410);
      assertThat(refused.problem()).isEqualTo("stream-expired");
    }
  }
}
