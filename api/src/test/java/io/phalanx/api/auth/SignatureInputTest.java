package io.phalanx.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.api.support.TestServer;
import io.vertx.core.MultiMap;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureInputTest {
  private static final String KEY = "ab".repeat(32);
  private static final String VALUE = "s=:" + "A".repeat(86) + "==:";

  private static String input(String parameters) {
    return "s=(\"@method\");created=1;keyid=\"" + KEY + "\"" + parameters;
  }

  @Nested
  class Read {
    @Test
    void givesItsParametersAsTheBaseHasThem() throws BadSignatureException {
      SignatureInput input =
          SignatureInput.read(
              "s=( \"@method\"   \"@path\" );created=17; keyid=\"" + KEY + "\";nonce=\"a\\\"b\"",
              VALUE);
      assertThat(input.components()).containsExactly("@method", "@path");
      assertThat(input.created()).isEqualTo(17);
      assertThat(input.nonce()).isEqualTo("a\"b");
      assertThat(input.parameters())
          .isEqualTo("(\"@method\" \"@path\");created=17;keyid=\"" + KEY + "\";nonce=\"a\\\"b\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "s",
          "s=1",
          "s=\"x\"",
          "s=()",
          "s=(\"@method\")",
          "s=(\"@method\");created=1",
          "s=(\"@method\");created=1;keyid=\"AB\"",
          "s=(\"@method\");created=\"1\";keyid=\"KEY\"",
          "s=(\"@method\");created=1.5;keyid=\"KEY\"",
          "s=(\"@method\");created=1;created=2;keyid=\"KEY\"",
          "s=(\"@method\");created=1;keyid=\"KEY\";alg=\"rsa-v1_5-sha256\"",
          "s=(\"@method\");created=1;keyid=\"KEY\";nonce=\"\"",
          "s=(\"@method\");created=1;keyid=\"KEY\";nonce=7",
          "s=(\"@method\");created=1;keyid=\"KEY\";expires=\"1\"",
          "s=(\"@method\");created=1;keyid=\"KEY\";more=1",
          "s=(\"@method\" \"@method\");created=1;keyid=\"KEY\"",
          "s=(\"@method\"\"@path\");created=1;keyid=\"KEY\"",
          "s=(\"@query-param\";name=\"a\");created=1;keyid=\"KEY\"",
          "s=(\"@method\");created=1;keyid=\"KEY\", t=(\"@method\");created=1;keyid=\"KEY\"",
          "s=(\"@method\");created=1;keyid=\"KEY\",",
          "s=(\"@method\";created=1;keyid=\"KEY\"",
          "t=(\"@method\");created=1;keyid=\"KEY\""
        })
    void refusesWhatIsNoSuchSignature(String text) {
      assertThatThrownBy(() -> SignatureInput.read(text.replace("KEY", KEY), VALUE))
          .isInstanceOf(BadSignatureException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "s=::", "s=:AAAA:", "s=:%%%:", "s=:AAAA", "s=\"AAAA\"", "s=1"})
    void refusesWhatIsNoValue(String text) {
      assertThatThrownBy(() -> SignatureInput.read(input(""), text))
          .isInstanceOf(BadSignatureException.class);
    }

    @Test
    void breaksOffCleanlyWhateverItIsGiven() {
      SplittableRandom random = new SplittableRandom(11);
      String alphabet = "s=();:\"\\, ?abAB019-.*@/\t\u00e9";
      int good = 0;
      for (int i = 0; i < 50_000; i++) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? input("") : "");
        for (int n = random.nextInt(12); n > 0; n--) {
          int at = text.isEmpty() ? 0 : random.nextInt(text.length());
          text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
        try {
          SignatureInput.read(text.toString(), VALUE);
          good++;
        } catch (BadSignatureException bad) {
          assertThat(bad.sentence()).isNotEmpty();
        }
      }
      assertThat(good).isPositive();
    }
  }

  /** The example of RFC 9421 appendix B.2.6. */
  @Nested
  class Base {
    @Test
    void isTheOneThatTheStandardSigned() throws BadSignatureException {
      MultiMap headers =
          MultiMap.caseInsensitiveMultiMap()
              .add("Host", "example.com")
              .add("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
              .add("Content-Type", "application/json")
              .add("Content-Length", "18");
      Head head =
          new Head(
              TestServer.CONTRACT.operations().get(0),
              "POST",
              "/foo?param=Value&Pet=dog",
              headers,
              "peer",
              true);
      String parameters =
          "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
              + ";created=1618884473;keyid=\"test-key-ed25519\"";
      List<String> components =
          List.of("date", "@method", "@path", "@authority", "content-type", "content-length");
      byte[] signature =
          Base64.getDecoder()
              .decode(
                  "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
      String key =
          HexFormat.of()
              .formatHex(
                  Base64.getUrlDecoder().decode("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"));
      SignatureInput input =
          new SignatureInput(components, parameters, key, 1618884473, null, null, signature);
      byte[] base = new SignatureBase(head).of(input);
      assertThat(new Ed25519Verifier().verifies(key, base, signature)).isTrue();
    }

    @Test
    void hasTheWholeTargetWithoutTheUsualPort() throws BadSignatureException {
      assertThat(base(true, "Example.COM:443", "/a?b=c"))
          .contains("\"@target-uri\": https://example.com/a?b=c\n")
          .contains("\"@authority\": example.com\n")
          .contains("\"@path\": /a\n")
          .contains("\"@query\": ?b=c\n");
      assertThat(base(false, "h:8080", "http://other/a"))
          .contains("\"@target-uri\": http://h:8080/a\n")
          .contains("\"@request-target\": http://other/a\n")
          .contains("\"@query\": ?\n");
    }

    private String base(boolean secure, String host, String uri) throws BadSignatureException {
      List<String> components =
          List.of("@method", "@target-uri", "@authority", "@path", "@query", "@request-target");
      Head head =
          new Head(
              TestServer.CONTRACT.operations().get(0),
              "GET",
              uri,
              MultiMap.caseInsensitiveMultiMap().add("Host", host),
              "peer",
              secure);
      return new String(
          new SignatureBase(head)
              .of(new SignatureInput(components, "()", KEY, 1, null, null, new byte[64])),
          java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
