package io.phalanx.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.api.support.SharedData;
import io.phalanx.api.support.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class Ed25519VerifierTest {
  private static final HexFormat HEX = HexFormat.of();
  private final Ed25519Verifier verifier = new Ed25519Verifier();

  @Nested
  class Verifies {
    @Test
    void whatItsKeySignedAndNothingElse() {
      SplittableRandom random = new SplittableRandom(7);
      Signer signer = Signer.of("signer");
      for (int i = 0; i < 200; i++) {
        byte[] message = new byte[random.nextInt(200)];
        random.nextBytes(message);
        byte[] signature = signer.sign(message);
        assertThat(verifier.verifies(signer.keyId(), message, signature)).isTrue();
        signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        assertThat(verifier.verifies(signer.keyId(), message, signature)).isFalse();
      }
    }

    @Test
    void nothingOfAnotherLength() {
      Signer signer = Signer.of("signer");
      byte[] message = "m".getBytes(StandardCharsets.UTF_8);
      byte[] longer = java.util.Arrays.copyOf(signer.sign(message), 65);
      assertThat(verifier.verifies(signer.keyId(), message, longer)).isFalse();
      assertThat(verifier.verifies(signer.keyId(), message, new byte[0])).isFalse();
      assertThat(verifier.verifies("not hex", message, signer.sign(message))).isFalse();
      assertThat(verifier.verifies("ab", message, signer.sign(message))).isFalse();
    }

    @Test
    void everyVectorOfWycheproofAsItIsMarked() throws IOException {
      Optional<Path> file = SharedData.find("vectors/ed25519_test.json");
      assumeTrue(file.isPresent(), "the shared vectors are not here");
      JsonNode vectors = new ObjectMapper().readTree(Files.readAllBytes(file.get()));
      int checked = 0;
      for (JsonNode group : vectors.path("testGroups")) {
        String key = group.at("/publicKey/pk").asString();
        for (JsonNode test : group.path("tests")) {
          boolean verifies =
              verifier.verifies(
                  key,
                  HEX.parseHex(test.path("msg").asString()),
                  HEX.parseHex(test.path("sig").asString()));
          assertThat(verifies)
              .as("test " + test.path("tcId"))
              .isEqualTo(test.path("result").asString().equals("valid"));
          checked++;
        }
      }
      assertThat(checked).isEqualTo(vectors.path("numberOfTests").asInt());
    }
  }

  /** The eight points of small order and their other spellings (RFC 7748 and RFC 8032 §5.1.3). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void refusesAKeyOfSmallOrder(String key) {
    assertThat(verifier.isKey(key)).isFalse();
    byte[] signature = new byte[64];
    signature[0] = 1; // R is the neutral element and S is 0: fits any message under such a key
    assertThat(verifier.verifies(key, new byte[] {1, 2, 3}, signature)).isFalse();
  }
}
