package io.phalanx.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.RawAnswer;
import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.TestServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives at the socket, in bytes that no HTTP client would send. */
class RawRequestTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String START = "POST /v1/miners/" + "a".repeat(64) + "/start HTTP/1.1\r\n";
  private static final String BEAT =
      "POST /v1/miners/" + "a".repeat(64) + "/heartbeats HTTP/1.1\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawAnswer ask(String request) {
    return RawClient.ask(server.port(), request);
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  private static String beat(String body) {
    return BEAT + HOST + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  static Stream<Arguments> malformed() {
    String body = "{\"sequence\":1}";
    return Stream.of(
        Arguments.of("two hosts", "GET /v1/miners HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
        Arguments.of("no host", "GET /v1/miners HTTP/1.1\r\n\r\n"),
        Arguments.of("empty host", "GET /v1/miners HTTP/1.1\r\nHost: \r\n\r\n"),
        Arguments.of("host with space", "GET /v1/miners HTTP/1.1\r\nHost: a b\r\n\r\n"),
        Arguments.of("host with path", "GET /v1/miners HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Arguments.of(
            "length and chunked",
            BEAT
                + HOST
                + JSON
                + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunked and length",
            BEAT
                + HOST
                + JSON
                + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "two lengths",
            BEAT + HOST + JSON + "Content-Length: 14\r\nContent-Length: 15\r\n\r\n" + body),
        Arguments.of(
            "the same length twice",
            BEAT + HOST + JSON + "Content-Length: 14\r\nContent-Length: 14\r\n\r\n" + body),
        Arguments.of("length list", BEAT + HOST + JSON + "Content-Length: 14, 14\r\n\r\n" + body),
        Arguments.of("length -1", BEAT + HOST + JSON + "Content-Length: -1\r\n\r\n" + body),
        Arguments.of("length +14", BEAT + HOST + JSON + "Content-Length: +14\r\n\r\n" + body),
        Arguments.of("length 0x0e", BEAT + HOST + JSON + "Content-Length: 0x0e\r\n\r\n" + body),
        Arguments.of("length word", BEAT + HOST + JSON + "Content-Length: ten\r\n\r\n" + body),
        Arguments.of(
            "length overflow",
            BEAT + HOST + JSON + "Content-Length: 99999999999999999999\r\n\r\n" + body),
        Arguments.of(
            "gzip, chunked",
            BEAT + HOST + JSON + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "xchunked", BEAT + HOST + JSON + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunked twice",
            BEAT
                + HOST
                + JSON
                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("identity", BEAT + HOST + JSON + "Transfer-Encoding: identity\r\n\r\n" + body),
        Arguments.of(
            "chunked in 1.0",
            BEAT.replace("1.1", "1.0") + JSON + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size word",
            BEAT + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size negative",
            BEAT + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size overflow",
            BEAT + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\nffffffffff\r\nabc\r\n"),
        Arguments.of(
            "chunk without end",
            BEAT + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"),
        Arguments.of("space before colon", "GET /v1/miners HTTP/1.1\r\nHost : a\r\n\r\n"),
        Arguments.of("no colon", "GET /v1/miners HTTP/1.1\r\n" + HOST + "nothing\r\n\r\n"),
        Arguments.of("NUL in header", "GET /v1/miners HTTP/1.1\r\n" + HOST + "A: \0\r\n\r\n"),
        Arguments.of("NUL in name", "GET /v1/miners HTTP/1.1\r\n" + HOST + "A\0: b\r\n\r\n"),
        Arguments.of("NUL in target", get("/v1/\0miners")),
        Arguments.of("bare line feeds", "GET /v1/miners HTTP/1.1\nHost: a\n\n"),
        Arguments.of("HTTP/2.0", "GET /v1/miners HTTP/2.0\r\n" + HOST + "\r\n"),
        Arguments.of("HTTP/1.2", "GET /v1/miners HTTP/1.2\r\n" + HOST + "\r\n"),
        Arguments.of("HTTP/9", "GET /v1/miners HTTP/9\r\n" + HOST + "\r\n"),
        Arguments.of("no version", "GET /v1/miners\r\n\r\n"),
        Arguments.of("only a word", "hello\r\n\r\n"),
        Arguments.of("TLS", "\u0016\u0003\u0001\0\u00a5\u0001\0\0\u00a1\u0003\u0003q\r\n\r\n"),
        Arguments.of("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of("percent alone", get("/v1/miners/%")),
        Arguments.of("percent and one digit", get("/v1/miners/%a")),
        Arguments.of("percent and no hex", get("/v1/miners/%zz")),
        Arguments.of("encoded NUL", get("/v1/miners/%00")),
        Arguments.of("overlong slash", get("/v1/miners/%c0%af")),
        Arguments.of("no UTF-8", get("/v1/miners/%ff")),
        Arguments.of("broken query", get("/v1/miners?limit=%g1")),
        Arguments.of("fragment", get("/v1/miners#top")),
        Arguments.of("relative target", get("v1/miners")),
        Arguments.of("high bytes in target", get("/v1/miners/\u00e9")),
        Arguments.of(
            "key twice", START + HOST + "Idempotency-Key: a\r\nIdempotency-Key: a\r\n\r\n"),
        Arguments.of("body that is not JSON", beat("{\"sequence\":1")),
        Arguments.of("body of two", beat("{\"sequence\":1}{}")),
        Arguments.of("no body", BEAT + HOST + JSON + "Content-Length: 0\r\n\r\n"),
        Arguments.of(
            "body for a GET",
            get("/v1/miners").replace("\r\n\r\n", "\r\nContent-Length: 2\r\n" + JSON + "\r\n{}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String what, String request) {
    RawAnswer answer = ask(request);
    assertThat(answer.status()).as(what).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("malformed");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Request-Id")).isNotEmpty();
    assertThat(answer.header("Journal-Position")).isEqualTo("42");
  }

  @Nested
  class Limits {
    @Test
    void refuseALongRequestLine() {
      assertThat(ask(get("/v1/miners/" + "a".repeat(9_000))).status()).isEqualTo(414);
    }

    @Test
    void refuseLongHeaders() {
      String long1 = "A: " + "a".repeat(20_000) + "\r\n";
      RawAnswer answer = ask("GET /v1/miners HTTP/1.1\r\n" + HOST + long1 + "\r\n");
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void refuseALongBodyByItsLength() {
      RawAnswer answer = ask(BEAT + HOST + JSON + "Content-Length: 65537\r\n\r\n{");
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.problem()).isEqualTo("too-large");
      assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void refuseALongBodyInChunks() {
      try (RawClient client = new RawClient(server.port())) {
        client.send(BEAT + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 9; i++) {
          client.send("2000\r\n" + " ".repeat(0x2000) + "\r\n");
        }
        assertThat(client.answer().status()).isEqualTo(413);
      }
    }

    @Test
    void takeAMebibyteForReadings() {
      String reading = "{\"assignmentId\":\"a-1\",\"epoch\":1,\"sequence\":1,\"gasUsed\":1}";
      String body = "{\"readings\":[" + reading + "]" + " ".repeat(900_000) + "}";
      String head = "POST /v1/gas HTTP/1.1\r\n" + HOST + JSON;
      RawAnswer taken = ask(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
      assertThat(taken.status()).isEqualTo(200);
      assertThat(ask(head + "Content-Length: 1048577\r\n\r\n").status()).isEqualTo(413);
    }

    @Test
    void askForABodyThatIsAwaited() {
      try (RawClient client = new RawClient(server.port())) {
        String body = "{\"sequence\":1}";
        client.send(BEAT + HOST + JSON + "Expect: 100-continue\r\nContent-Length: 14\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(100);
        client.send(body);
        assertThat(client.answer().status()).isEqualTo(200);
      }
    }

    @Test
    void doNotAskForABodyThatIsTooLong() {
      RawAnswer answer =
          ask(BEAT + HOST + JSON + "Expect: 100-continue\r\nContent-Length: 99999\r\n\r\n");
      assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void knowNoOtherExpectation() {
      assertThat(ask(BEAT + HOST + JSON + "Expect: tea\r\nContent-Length: 0\r\n\r\n").status())
          .isEqualTo(417);
    }
  }

  @Nested
  class Methods {
    @Test
    void thatAreNotAllowedAreNamed() {
      RawAnswer answer = ask("PUT /v1/miners HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
      assertThat(ask("BREW /v1/miners HTTP/1.1\r\n" + HOST + "\r\n").status()).isEqualTo(405);
    }

    @Test
    void optionsSaysWhatIsAllowed() {
      RawAnswer answer = ask("OPTIONS /v1/settlements/1 HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void headHasTheLengthAndNoBody() {
      try (RawClient client = new RawClient(server.port())) {
        client.send("HEAD /v1/miners HTTP/1.1\r\n" + HOST + "\r\n" + get("/v1/policy"));
        String both = client.readUntil("getPolicy");
        assertThat(both).contains("content-length: 2\r\n").contains("listMiners");
      }
    }
  }

  @Nested
  class Paths {
    @Test
    void thatAreNoneOfOursAre404() {
      for (String path :
          new String[] {"/v1", "/v2/miners", "/v1/miners/", "//v1/miners", "/v1/../v1/miners"}) {
        RawAnswer answer = ask(get(path));
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
      }
    }

    @Test
    void thatCanNameNothingAre404() {
      assertThat(ask(get("/v1/miners/XYZ")).status()).isEqualTo(404);
      assertThat(ask(get("/v1/settlements/0")).status()).isEqualTo(404);
      assertThat(ask(get("/v1/settlements/one")).status()).isEqualTo(404);
      assertThat(ask(get("/v1/accounts/A%20B")).status()).isEqualTo(404);
    }

    @Test
    void areDecodedOnce() {
      RawAnswer answer = ask(get("/v1/accounts/a%2db"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(ask(get("/v1/accounts/a%252db")).status()).isEqualTo(404);
    }

    @Test
    void mayBeWholeUris() {
      RawAnswer answer = ask(get("http://localhost/v1/miners?limit=5"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("X-Query")).isEqualTo("{limit=5}");
    }
  }

  @Nested
  class Parameters {
    @Test
    void faultsAreNamedTogether() {
      RawAnswer answer = ask(get("/v1/miners?limit=0&order=up&tier=1,9&what=x&state=Idle,idle"));
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.problem()).isEqualTo("invalid");
      assertThat(answer.json().path("errors").findValuesAsString("pointer"))
          .containsExactlyInAnyOrder("/limit", "/order", "/tier", "/what", "/state");
      assertThat(answer.json().path("errors").findValuesAsString("in")).containsOnly("query");
    }

    @Test
    void givenTwiceAreAFault() {
      assertThat(ask(get("/v1/miners?limit=1&limit=2")).status()).isEqualTo(422);
    }

    @Test
    void inHeadersAreChecked() {
      String head = "GET /v1/miners HTTP/1.1\r\n" + HOST;
      assertThat(ask(head + "X-Developer: A B\r\n\r\n").status()).isEqualTo(422);
      assertThat(ask(head + "Min-Journal-Position: -1\r\n\r\n").status()).isEqualTo(422);
      assertThat(ask(head + "Min-Journal-Position: 43\r\n\r\n").problem())
          .isEqualTo("position-not-reached");
      assertThat(ask(head + "Min-Journal-Position: 42\r\n\r\n").status()).isEqualTo(200);
      assertThat(ask(START + HOST + "Idempotency-Key: " + "k".repeat(256) + "\r\n\r\n").status())
          .isEqualTo(422);
      assertThat(ask(START + HOST + "Idempotency-Key: \"\"\r\n\r\n").status()).isEqualTo(422);
      assertThat(ask(START + HOST + "Idempotency-Key: k\u00e9\r\n\r\n").status()).isEqualTo(422);
    }

    @Test
    void ofTracesArePassedOnWhenWellFormed() {
      String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
      String head = "GET /v1/miners HTTP/1.1\r\n" + HOST + "traceparent: ";
      assertThat(ask(head + trace + "\r\n\r\n").header("traceparent")).isEqualTo(trace);
      assertThat(ask(head + "zz\r\n\r\n").status()).isEqualTo(200);
    }
  }

  @Nested
  class Bodies {
    @Test
    void mustSayThatTheyAreJson() {
      String body = "{\"sequence\":1}";
      for (String type :
          new String[] {
            "",
            "Content-Type: text/plain\r\n",
            "Content-Type: application/json; charset=latin1\r\n",
            "Content-Type: application/x-www-form-urlencoded\r\n"
          }) {
        RawAnswer answer = ask(BEAT + HOST + type + "Content-Length: 14\r\n\r\n" + body);
        assertThat(answer.status()).as(type).isEqualTo(415);
      }
      String utf8 = "Content-Type: Application/JSON; charset=UTF-8\r\n";
      assertThat(ask(BEAT + HOST + utf8 + "Content-Length: 14\r\n\r\n" + body).status())
          .isEqualTo(200);
    }

    @Test
    void areNotReadCompressed() {
      String gzip = "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}";
      assertThat(ask(BEAT + HOST + JSON + gzip).status()).isEqualTo(415);
    }

    @Test
    void mayBeAbsentWhereTheySayNothing() {
      assertThat(ask(START + HOST + "\r\n").status()).isEqualTo(200);
      assertThat(ask(START + HOST + JSON + "Content-Length: 2\r\n\r\n{}").status()).isEqualTo(200);
      assertThat(ask(START + HOST + JSON + "Content-Length: 7\r\n\r\n{\"a\":1}").status())
          .isEqualTo(422);
    }

    @Test
    void arePipelinedInOrder() {
      try (RawClient client = new RawClient(server.port())) {
        client.send(beat("{\"sequence\":1}") + get("/v1/policy") + beat("{\"sequence\":3}"));
        assertThat(client.answer().body()).isEqualTo("{\"sequence\":1}");
        assertThat(client.answer().header("X-Operation")).isEqualTo("getPolicy");
        assertThat(client.answer().body()).isEqualTo("{\"sequence\":3}");
      }
    }
  }

  @Test
  void everyAnswerHasTheUsualHeaders() {
    RawAnswer answer = ask(get("/v1/miners"));
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Journal-Position")).isEqualTo("42");
    assertThat(answer.header("Leader-Epoch")).isEqualTo("7");
    assertThat(answer.header("Request-Id")).startsWith("test-");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }
}
