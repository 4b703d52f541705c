package io.phalanx.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MinerKeyTest {
  @Nested
  class Of {
    @Test
    void isTheKeyWhoseSeedIsTheHashOfTheName() throws Exception {
      byte[] seed =
          MessageDigest.getInstance("SHA-256").digest("m-1".getBytes(StandardCharsets.UTF_8));
      byte[] expected = new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
      assertThat(MinerKey.of("m-1").minerId()).isEqualTo(HexFormat.of().formatHex(expected));
    }
  }

  @Nested
  class Sign {
    @Test
    void verifiesUnderTheMinerId() {
      MinerKey key = MinerKey.of("m-2");
      byte[] message = {1, 2, 3};
      Ed25519Signer verifier = new Ed25519Signer();
      verifier.init(
          false, new Ed25519PublicKeyParameters(HexFormat.of().parseHex(key.minerId()), 0));
      verifier.update(message, 0, message.length);
      assertThat(verifier.verifySignature(key.sign(message))).isTrue();
    }
  }
}
