package io.phalanx.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.client.FakeService.Asked;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PhalanxClientTest {
  private static final String QUOTE =
      """
      {"id": "q-7", "developer": "alice", "state": "Offered",
       "replicas": [{"minerId": "ab", "tier": 2, "gasPrice": "900"}],
       "request": {"replicas": 1}, "createdAt": "2026-01-01T00:00:00.000Z",
       "expiresAt": "2026-01-01T00:10:00.000Z", "keyId": "k", "signature": "s"}""";
  private static final String PLACED =
      """
      {"id": "d-1", "name": "mine", "developer": "alice", "state": "Placed", "endReason": null,
       "spent": "0", "held": "5000",
       "assignments": [{"id": "a-1", "replica": 0, "minerId": "ab", "tier": 2, "gasPrice": "900",
                        "epoch": 12, "state": "Offered"}]}""";

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private static String events(String... states) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < states.length; i++) {
      text.append("id: %d.0\nevent: deployment\n".formatted(i + 1));
      text.append("data: {\"id\": \"d-1\", \"state\": \"%s\"}\n\n".formatted(states[i]));
    }
    return text.toString();
  }

  @Nested
  class Get {
    @Test
    void isAtLeastAsNewAsWhatWasWrittenBefore() throws Exception {
      try (FakeService service = FakeService.start()) {
        PhalanxClient client = service.tells(200, 5, "{}").tells(201, 41, "{}").client();
        client.get("/v1/network");
        client.create("/v1/deployments", json("{}"), "once");
        service.tells(200, 40, "{}").tells(200, 43, "{}").tells(200, 43, "{}");
        client.post("/v1/miners/ab/start", json("{}"));
        client.get("/v1/deployments/d-1");
        client.list("/v1/deployments", Map.of(), 5);
        assertThat(service.asked())
            .extracting(Asked::minimum)
            .containsExactly(null, null, null, "41", "41");
      }
    }

    @Test
    void isRefusedWithEveryFault() throws Exception {
      String problem =
          """
          {"type": "/problems/invalid", "title": "Invalid", "status": 422, "detail": "Not so.",
           "errors": [{"pointer": "/tiers", "detail": "must be 1 to 5"}]}""";
      try (FakeService service = FakeService.start()) {
        PhalanxClient client = service.tells(422, 1, problem).client();
        assertThatThrownBy(() -> client.get("/v1/x"))
            .isInstanceOfSatisfying(
                RefusedException.class,
                refused -> {
                  assertThat(refused.status()).isEqualTo(422);
                  assertThat(refused.problem()).isEqualTo("invalid");
                  assertThat(refused.faults()).containsExactly("/tiers: must be 1 to 5");
                })
            .hasMessage("Not so.");
      }
    }
  }

  @Nested
  class Stream {
    @Test
    void goesOnAfterTheLastEventWhenTheConnectionEnds() throws Exception {
      try (FakeService service = FakeService.start()) {
        service.tells(200, 1, events("Pending", "Placed")).tells(503, 1, "{}");
        service.tells(200, 1, events("Running", "Degraded"));
        List<String> seen = new ArrayList<>();
        service
            .client()
            .deployments()
            .follow(
                "d-1",
                deployment -> {
                  seen.add(deployment.state());
                  return !deployment.state().equals("Running");
                });
        assertThat(seen).containsExactly("Pending", "Placed", "Running");
        assertThat(service.asked())
            .extracting(Asked::lastEventId)
            .containsExactly(null, "2.0", "2.0");
      }
    }

    @Test
    void endsWithTheDeployment() throws Exception {
      try (FakeService service = FakeService.start()) {
        service.tells(200, 1, events("Pending", "Ended", "Ended"));
        List<String> seen = new ArrayList<>();
        service.client().deployments().follow("d-1", deployment -> seen.add(deployment.state()));
        assertThat(seen).containsExactly("Pending", "Ended");
      }
    }

    @Test
    void saysAtOnceThatNobodyIsThere() throws Exception {
      int free;
      try (ServerSocket socket = new ServerSocket(0)) {
        free = socket.getLocalPort();
      }
      PhalanxClient client =
          new PhalanxClient(URI.create("http://127.0.0.1:" + free), new Credentials.None());
      assertThatThrownBy(() -> client.stream("/v1/events", event -> true))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("nothing listens there");
    }

    @Test
    void isNotAskedForAgainWhenItIsRefused() throws Exception {
      try (FakeService service = FakeService.start()) {
        PhalanxClient client =
            service.tells(200, 1, events("Pending")).tells(410, 1, "{}").client();
        assertThatThrownBy(() -> client.stream("/v1/events", event -> true))
            .isInstanceOf(RefusedException.class);
        assertThat(service.asked()).hasSize(2);
      }
    }
  }

  @Nested
  class FirmPrices {
    @Test
    void areAskedForShownTakenAndGivenBack() throws Exception {
      try (FakeService service = FakeService.start()) {
        Quotes quotes = service.client().quotes();
        service.tells(201, 7, QUOTE);
        JsonNode request = json("{\"replicas\": 1}");
        Quote quote = quotes.ask(request, Optional.of(Duration.ofMinutes(5)), "once");
        assertThat(quote.id()).isEqualTo("q-7");
        assertThat(quote.replicas())
            .containsExactly(new Quote.Line("ab", 2, BigInteger.valueOf(900)));
        assertThat(quote.expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:10:00Z"));
        assertThat(quote.document()).isEqualTo(json(QUOTE));
        service.tells(201, 8, PLACED);
        Deployment placed = quotes.redeem("q-7", Optional.of("mine"), "twice");
        assertThat(placed.state()).isEqualTo("Placed");
        assertThat(placed.held()).isEqualTo(5000);
        assertThat(placed.endReason()).isNull();
        assertThat(placed.assignments())
            .containsExactly(
                new Deployment.Assignment(
                    "a-1", 0, "ab", 2, BigInteger.valueOf(900), 12, "Offered"));
        service.tells(200, 9, QUOTE.replace("Offered", "Withdrawn"));
        assertThat(quotes.withdraw("q 7").state()).isEqualTo("Withdrawn");
        service.tells(200, 9, "{\"items\": [" + QUOTE + "], \"next\": null}");
        assertThat(quotes.list(Map.of("state", "Offered"), 10)).containsExactly(quote);
        assertThat(service.asked())
            .extracting(Asked::line)
            .containsExactly(
                "POST /v1/quotes",
                "POST /v1/deployments",
                "DELETE /v1/quotes/q%207",
                "GET /v1/quotes?state=Offered&limit=10");
        assertThat(service.asked())
            .extracting(Asked::body)
            .startsWith(
                "{\"replicas\":1,\"validFor\":\"PT5M\"}", "{\"quote\":\"q-7\",\"name\":\"mine\"}");
        assertThat(service.asked()).extracting(Asked::key).startsWith("once", "twice");
        assertThat(request.has("validFor")).as("the caller's own is left alone").isFalse();
      }
    }
  }

  @Nested
  class DryRun {
    @Test
    void isTheExplanation() throws Exception {
      String told =
          """
          {"verdict": "waiting", "eligibleMiners": 3, "idleEligibleMiners": 0,
           "estimatedWait": {"p50": "PT20S", "p90": null},
           "eliminations": [{"constraint": "tier", "miners": 7}],
           "relaxations": [{"change": {"tiers": [1, 2]}, "eligibleMiners": 9,
                            "idleEligibleMiners": 4}]}""";
      try (FakeService service = FakeService.start()) {
        Explanation why = service.tells(200, 1, told).client().deployments().dryRun(json("{}"));
        assertThat(why.verdict()).isEqualTo("waiting");
        assertThat(why.p50()).isEqualTo(Duration.ofSeconds(20));
        assertThat(why.p90()).isNull();
        assertThat(why.eliminations()).containsExactly(new Explanation.Elimination("tier", 7));
        assertThat(why.relaxations().get(0).change()).isEqualTo(json("{\"tiers\": [1, 2]}"));
        assertThat(service.asked().get(0).line()).isEqualTo("POST /v1/deployments?dryRun=true");
      }
    }
  }
}
