package io.phalanx.attestation.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.authority.Signer;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EcdsaKeyTest {
  private static final Signer.Ec SIGNER = Signer.Ec.named("signer");
  private static final EcdsaKey KEY = EcdsaKey.of(SIGNER.coordinates()).orElseThrow();
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  /** Two implementations, one answer, for signatures good and bad. */
  @Test
  void agreesWithTheJdk() throws GeneralSecurityException {
    PublicKey reference = reference(SIGNER.coordinates());
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 40; i++) {
      Bytes text = Bytes.utf8("text " + i);
      byte[] signature = SIGNER.sign(text).toArray();
      boolean isChanged = i % 2 == 1;
      if (isChanged) {
        signature[random.nextInt(64)] ^= (byte) (1 + random.nextInt(255));
      }
      Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
      check.initVerify(reference);
      check.update(text.toArray());
      boolean expected = check.verify(signature);
      assertThat(expected).isEqualTo(!isChanged);
      assertThat(KEY.verifies(text.sha256(), Bytes.copyOf(signature))).isEqualTo(expected);
    }
  }

  private static PublicKey reference(Bytes coordinates) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point =
        new ECPoint(
            new BigInteger(1, coordinates.slice(0, 32).toArray()),
            new BigInteger(1, coordinates.slice(32, 64).toArray()));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  @Test
  void isOnItsCurve() {
    byte[] off = SIGNER.coordinates().toArray();
    off[63] ^= 1;
    assertThat(EcdsaKey.of(Bytes.copyOf(off))).isEmpty();
    assertThat(EcdsaKey.of(Bytes.copyOf(new byte[64]))).isEmpty();
    assertThat(EcdsaKey.of(Bytes.copyOf(new byte[63]))).isEmpty();
    assertThat(EcdsaKey.of(Bytes.ofHex("ff".repeat(64)).orElseThrow())).isEmpty();
  }

  @Test
  void refusesNumbersOutsideTheGroup() {
    Bytes text = Bytes.utf8("text");
    Bytes digest = text.sha256();
    Bytes good = SIGNER.sign(text);
    BigInteger r = new BigInteger(1, good.slice(0, 32).toArray());
    BigInteger s = new BigInteger(1, good.slice(32, 64).toArray());
    assertThat(KEY.verifies(digest, r, s)).isTrue();
    assertThat(KEY.verifies(digest, BigInteger.ZERO, s)).isFalse();
    assertThat(KEY.verifies(digest, r, BigInteger.ZERO)).isFalse();
    assertThat(KEY.verifies(digest, r.add(ORDER), s)).isFalse();
    assertThat(KEY.verifies(digest, r, s.add(ORDER))).isFalse();
    assertThat(KEY.verifies(digest, r.negate(), s)).isFalse();
    assertThat(KEY.verifies(digest, good.slice(0, 63))).isFalse();
  }
}
