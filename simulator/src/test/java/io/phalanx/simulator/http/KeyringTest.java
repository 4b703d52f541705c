package io.phalanx.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.shape.MinerKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final MinerKey MINER = MinerKey.of("m");
  private final Keyring keyring =
      Keyring.of(
          URI.create("http://Host:8080"),
          "admin-key",
          "run",
          Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));

  private static MultiMap proof(Keyring keyring, Call call) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    keyring.prove(call, headers);
    return headers;
  }

  @Nested
  class Prove {
    @Test
    void saysInOpenModeWhoseCallItIsAndNothingElse() {
      Call call = Call.get("/v1/deployments");
      assertThat(proof(Keyring.OPEN, call.by("dev-1")).get("X-Developer")).isEqualTo("dev-1");
      assertThat(proof(Keyring.OPEN, call.byPayoutFor("dev-1")).get("X-Developer"))
          .isEqualTo("dev-1");
      assertThat(proof(Keyring.OPEN, call.byOperator("op"))).isEmpty();
      assertThat(proof(Keyring.OPEN, call.by(MINER))).isEmpty();
      assertThat(proof(Keyring.OPEN, call)).isEmpty();
    }

    @Test
    void presentsTheKeyOfTheSender() {
      keyring.add(Sender.Role.DEVELOPER, "dev-1", "its-key");
      Call call = Call.get("/v1/deployments");
      assertThat(proof(keyring, call.by("dev-1")).get("Authorization")).isEqualTo("Bearer its-key");
      assertThat(proof(keyring, call).get("Authorization")).isEqualTo("Bearer admin-key");
      assertThat(proof(keyring, call.by(MINER)).contains("Authorization")).isFalse();
    }

    @Test
    void signsWhatTheMinerSends() {
      Call call = Call.post("/v1/x?y=1", Buffer.buffer("{}")).by(MINER);
      MultiMap headers = proof(keyring, call);
      String digest = "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:";
      assertThat(headers.get("Content-Digest")).isEqualTo(digest);
      String parameters = headers.get("Signature-Input").substring("sig=".length());
      assertThat(parameters)
          .startsWith("(\"@method\" \"@target-uri\" \"content-digest\");created=1700000000;")
          .contains("keyid=\"" + MINER.minerId() + "\"");
      String base =
          "\"@method\": POST\n\"@target-uri\": http://host:8080/v1/x?y=1\n\"content-digest\": "
              + digest
              + "\n\"@signature-params\": "
              + parameters;
      String signature = headers.get("Signature");
      assertThat(fits(base, signature.substring("sig=:".length(), signature.length() - 1)))
          .isTrue();
    }

    @Test
    void signsEachTryAnew() {
      Call call = Call.create("/v1/x", Buffer.buffer("{}"), "once").by(MINER);
      MultiMap first = MultiMap.caseInsensitiveMultiMap().add("Idempotency-Key", "once");
      MultiMap second = MultiMap.caseInsensitiveMultiMap().add("Idempotency-Key", "once");
      keyring.prove(call, first);
      keyring.prove(call, second);
      assertThat(first.get("Signature-Input")).contains("\"idempotency-key\"");
      assertThat(first.get("Signature-Input")).isNotEqualTo(second.get("Signature-Input"));
    }

    private boolean fits(String base, String signature) {
      Ed25519Signer verifier = new Ed25519Signer();
      byte[] key = HexFormat.of().parseHex(MINER.minerId());
      verifier.init(false, new Ed25519PublicKeyParameters(key, 0));
      byte[] bytes = base.getBytes(StandardCharsets.UTF_8);
      verifier.update(bytes, 0, bytes.length);
      return verifier.verifySignature(Base64.getDecoder().decode(signature));
    }
  }
}
