package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.Signer;
import io.phalanx.api.support.Tenants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are signed as RFC 9421 says, over real HTTP. */
class SignedRequestTest {
  private static final String DEPOSITS = "/v1/accounts/acme/deposits";
  private static final Signer BANK = Signer.of("bank");

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Tenants tenants;

  @BeforeEach
  void start() {
    tenants = Tenants.start(folder, Map.of("http.rate", "1000000", "http.byte-rate", "1073741824"));
    String body = "{\"role\": \"payout\", \"name\": \"bank\", \"publicKey\": \"%s\"}";
    Reply issued = tenants.call(tenants.admin(), "POST", "/v1/keys", body.formatted(BANK.keyId()));
    assertThat(issued.status()).isEqualTo(201);
    assertThat(issued.json().path("key").isNull()).isTrue();
  }

  @AfterEach
  void stop() {
    tenants.close();
  }

  private static long now() {
    return System.currentTimeMillis() / 1_000;
  }

  private static String deposit(String reference) {
    return "{\"amount\": \"5\", \"reference\": \"" + reference + "\"}";
  }

  private String uri(String path) {
    return tenants.node().node().url() + path;
  }

  private Reply send(String method, String path, String body, String... headers) {
    return tenants.node().call(method, path, body, headers);
  }

  private String balance() {
    return tenants.call(tenants.admin(), "GET", "/v1/accounts/acme", "").text("available");
  }

  private static String[] with(String[] headers, String name, String value) {
    String[] changed = headers.clone();
    for (int i = 0; i < changed.length; i += 2) {
      if (changed[i].equals(name)) {
        changed[i + 1] = value;
        return changed;
      }
    }
    List<String> more = new ArrayList<>(List.of(changed));
    more.addAll(List.of(name, value));
    return more.toArray(String[]::new);
  }

  private static String header(String[] headers, String name) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals(name)) {
        return headers[i + 1];
      }
    }
    throw new AssertionError(name);
  }

  @Nested
  class IsTaken {
    @Test
    void whenItIsWhole() {
      String body = deposit("r");
      String[] headers = BANK.headers("POST", uri(DEPOSITS), body, now(), "n", "");
      assertThat(send("POST", DEPOSITS, body, headers).status()).isEqualTo(201);
      assertThat(tenants.signed(BANK, "GET", "/v1/accounts/acme", "").status()).isEqualTo(200);
    }

    @Test
    void byAuthorityPathAndQueryAsWell() {
      String path = "/v1/settlements?limit=5";
      String covered = "(\"@query\" \"@method\" \"@path\" \"@authority\")";
      String parameters =
          covered + ";keyid=\"" + BANK.keyId() + "\";created=" + now() + ";alg=\"ed25519\"";
      String base =
          "\"@query\": ?limit=5\n\"@method\": GET\n\"@path\": /v1/settlements\n\"@authority\": "
              + uri("").substring("http://".length())
              + "\n\"@signature-params\": "
              + parameters;
      Reply reply =
          send(
              "GET",
              path,
              "",
              "Signature-Input",
              "any=" + parameters,
              "Signature",
              "any=:" + BANK.sign(base) + ":");
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    }
  }

  @Nested
  class IsRefused {
    private final String body = deposit("r");
    private String[] good = {};

    @BeforeEach
    void sign() {
      good = BANK.headers("POST", uri(DEPOSITS), body, now(), "n-refused", "key-1");
    }

    private void refused(String method, String path, String content, String... headers) {
      Reply reply = send(method, path, content, headers);
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(401);
      assertThat(reply.problem()).isEqualTo("unauthenticated");
      assertThat(reply.header("WWW-Authenticate")).isNotEmpty();
    }

    private void refused(String[] headers) {
      refused("POST", DEPOSITS, body, headers);
    }

    @AfterEach
    void leavesNothingBehind() {
      assertThat(balance()).isEqualTo("0");
      assertThat(send("POST", DEPOSITS, body, good).status()).isEqualTo(201);
      assertThat(balance()).isEqualTo("5");
    }

    @Test
    void forAnythingThatWasChangedOnTheWay() {
      refused("POST", DEPOSITS.replace("acme", "evil"), body, good);
      refused("POST", DEPOSITS + "?x=1", body, good);
      refused("POST", DEPOSITS.replace("deposits", "withdrawals"), body, good);
      refused("POST", DEPOSITS, body.replace('5', '6'), good);
      refused(with(good, "Idempotency-Key", "key-2"));
      refused(with(good, "Content-Digest", Signer.contentDigest("other")));
      String input = header(good, "Signature-Input");
      refused(with(good, "Signature-Input", input.replace("n-refused", "n-other")));
      refused(with(good, "Signature-Input", input.replace("created=1", "created=2")));
      refused(with(good, "Signature-Input", input.replace(" \"idempotency-key\"", "")));
    }

    @Test
    void whenItIsOldOrOfTheFuture() {
      for (long created : new long[] {now() - 63, now() + 63, 0, -5}) {
        refused(BANK.headers("POST", uri(DEPOSITS), body, created, "n-time", ""));
      }
    }

    @Test
    void whenItCoversTooLittle() {
      long now = now();
      String parameters = ";created=" + now + ";keyid=\"" + BANK.keyId() + "\";nonce=\"n-little\"";
      String digest = Signer.contentDigest(body);
      String method = "\"@method\": POST\n";
      String target = "\"@target-uri\": " + uri(DEPOSITS) + "\n";
      String content = "\"content-digest\": " + digest + "\n";
      refused(signed("(\"@method\" \"@target-uri\")", method + target, parameters, ""));
      refused(signed("(\"@method\" \"@target-uri\")", method + target, parameters, digest));
      refused(signed("(\"@target-uri\" \"content-digest\")", target + content, parameters, digest));
      refused(
          signed(
              "(\"@method\" \"@path\" \"content-digest\")",
              method + "\"@path\": " + DEPOSITS + "\n" + content,
              parameters,
              digest));
    }

    private String[] signed(String covered, String lines, String parameters, String digest) {
      String base = lines + "\"@signature-params\": " + covered + parameters;
      String[] headers = {
        "Signature-Input", "s=" + covered + parameters, "Signature", "s=:" + BANK.sign(base) + ":"
      };
      return digest.isEmpty() ? headers : with(headers, "Content-Digest", digest);
    }

    @Test
    void withoutANonce() {
      refused(BANK.headers("POST", uri(DEPOSITS), body, now(), "", ""));
    }

    @Test
    void ofSomebodyUnknown() {
      refused(Signer.of("nobody").headers("POST", uri(DEPOSITS), body, now(), "n-who", ""));
    }

    @Test
    void whenItsPartsAreMissingOrNonsense() {
      refused("Signature", header(good, "Signature"));
      refused("Signature-Input", header(good, "Signature-Input"));
      refused(with(good, "Signature", "sig1=:AAAA:"));
      refused(with(good, "Signature-Input", "nonsense"));
      refused("Authorization", "Basic YTpi");
      refused("Authorization", "Bearer phx_nonsense");
    }

    private void refused(String name, String value) {
      refused("POST", DEPOSITS, body, name, value);
    }
  }

  @Nested
  class IsReplayed {
    @Test
    void ifItsNonceWasSeenEvenUnderItsIdempotencyKeyAndAfterARestart() {
      String body = deposit("r");
      String[] headers = BANK.headers("POST", uri(DEPOSITS), body, now(), "n", "key-1");
      assertThat(send("POST", DEPOSITS, body, headers).status()).isEqualTo(201);
      Reply again = send("POST", DEPOSITS, body, headers);
      assertThat(again.status()).isEqualTo(401);
      assertThat(again.problem()).isEqualTo("replayed");
      String[] anew = BANK.headers("POST", uri(DEPOSITS), body, now(), "n-2", "key-1");
      assertThat(send("POST", DEPOSITS, body, anew).header("Idempotent-Replayed"))
          .isEqualTo("true");
      int port = tenants.node().port();
      tenants.close();
      tenants = Tenants.again(folder, port, tenants.admin());
      Reply later = send("POST", DEPOSITS, body, headers);
      assertThat(later.problem()).isEqualTo("replayed");
      assertThat(balance()).isEqualTo("5");
    }

    @Test
    void evenIfItWasRefusedTheFirstTime() {
      String path = "/v1/accounts/acme/withdrawals";
      String body = deposit("w");
      String[] headers = BANK.headers("POST", uri(path), body, now(), "n", "");
      assertThat(send("POST", path, body, headers).status()).isEqualTo(422);
      assertThat(tenants.signed(BANK, "POST", DEPOSITS, deposit("r")).status()).isEqualTo(201);
      assertThat(send("POST", path, body, headers).problem()).isEqualTo("replayed");
      assertThat(balance()).isEqualTo("5");
    }

    @Test
    void byNobodyElsesNonce() {
      String body = deposit("r");
      String[] headers = BANK.headers("POST", uri(DEPOSITS), body, now(), "n", "");
      String forged = "sig1=:" + Signer.of("evil").sign("x") + ":";
      assertThat(send("POST", DEPOSITS, body, with(headers, "Signature", forged)).problem())
          .isEqualTo("unauthenticated");
      assertThat(send("POST", DEPOSITS, body, headers).status()).isEqualTo(201);
    }
  }

  /**
   * Captured messages, sent again as they were or with something changed, by several at once. All
   * of it: {@code -Dphalanx.replays=100000}.
   */
  @Nested
  class Storm {
    private static final int SENDERS = 4;

    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    private record Message(String method, String path, String body, String[] headers) {
      Message with(String value, String header) {
        return new Message(method, path, body, SignedRequestTest.with(headers, header, value));
      }
    }

    @Test
    void hasNoSecondEffect() {
      int total = Integer.getInteger("phalanx.replays", 2_000);
      List<Message> captured = captured();
      String balance = balance();
      int entries = entries();
      AtomicInteger replayed = new AtomicInteger();
      AtomicInteger altered = new AtomicInteger();
      long seed = Long.getLong("phalanx.seed", 20_260_101);
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        SplittableRandom random = new SplittableRandom(seed + i);
        senders.add(
            CompletableFuture.runAsync(
                () -> storm(captured, random, total / SENDERS, replayed, altered)));
      }
      senders.forEach(CompletableFuture::join);
      System.out.printf(
          "storm of seed %d: %d replayed, %d altered messages refused%n",
          seed, replayed.get(), altered.get());
      assertThat(replayed.get()).isPositive();
      assertThat(altered.get()).isPositive();
      assertThat(balance()).isEqualTo(balance);
      assertThat(entries()).isEqualTo(entries);
    }

    private List<Message> captured() {
      List<Message> captured = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String body = deposit("r-" + i);
        String[] headers = BANK.headers("POST", uri(DEPOSITS), body, now(), "n-" + i, "");
        assertThat(send("POST", DEPOSITS, body, headers).status()).isEqualTo(201);
        captured.add(new Message("POST", DEPOSITS, body, headers));
      }
      return captured;
    }

    private int entries() {
      String path = "/v1/accounts/acme/entries?limit=1000";
      return tenants.call(tenants.admin(), "GET", path, "").json().path("items").size();
    }

    private void storm(
        List<Message> captured,
        SplittableRandom random,
        int count,
        AtomicInteger replayed,
        AtomicInteger altered) {
      for (int i = 0; i < count; i++) {
        Message message = captured.get(random.nextInt(captured.size()));
        boolean change = random.nextBoolean();
        Message sent = change ? altered(message, captured, random) : message;
        Reply reply = send(sent.method(), sent.path(), sent.body(), sent.headers());
        assertThat(reply.status()).as(sent.toString()).isEqualTo(401);
        (change ? altered : replayed).incrementAndGet();
      }
    }

    private Message altered(Message message, List<Message> captured, SplittableRandom random) {
      Message other = captured.get(random.nextInt(captured.size()));
      String input = header(message.headers(), "Signature-Input");
      String fresh = "nonce=\"x-" + random.nextLong(1L << 40) + "\"";
      return switch (random.nextInt(6)) {
        case 0 -> message.with(input.replaceAll("nonce=\"[^\"]*\"", fresh), "Signature-Input");
        case 1 ->
            message.with(
                input.replaceAll("created=\\d+", "created=" + now()) + ";tag=\"t\"",
                "Signature-Input");
        case 2 -> new Message("POST", message.path(), message.body() + " ", message.headers());
        case 3 ->
            new Message(
                "POST", message.path().replace("acme", "evil"), message.body(), message.headers());
        case 4 ->
            message.with(
                header(message.headers(), "Signature").replaceFirst("=:..", "=:ab"), "Signature");
        default ->
            message
                .with(input.replaceAll("nonce=\"[^\"]*\"", fresh), "Signature-Input")
                .with(header(other.headers(), "Signature"), "Signature");
      };
    }
  }
}
