package io.phalanx.attestation.x509;

import io.phalanx.attestation.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/**
 * A public RSA key, with PKCS #1 v1.5 over SHA-256.
 *
 * @param modulus 2,048 to 4,096 bits
 * @param exponent odd, of at most 32 bits
 */
public record RsaKey(BigInteger modulus, BigInteger exponent) {

  /** A key; none outside those bounds, which keep hostile keys from being slow. */
  public static Optional<RsaKey> of(BigInteger modulus, BigInteger exponent) {
    boolean fits =
        modulus.signum() > 0
            && modulus.bitLength() >= 2_048
            && modulus.bitLength() <= 4_096
            && exponent.signum() > 0
            && exponent.bitLength() <= 32
            && exponent.testBit(0)
            && exponent.compareTo(BigInteger.ONE) > 0;
    return fits ? Optional.of(new RsaKey(modulus, exponent)) : Optional.empty();
  }

  /** Whether a signature over those bytes fits. */
  public boolean verifies(Bytes signed, Bytes signature) {
    try {
      RSAPublicKey key =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
      java.security.Signature check = java.security.Signature.getInstance("SHA256withRSA");
      check.initVerify(key);
      check.update(signed.toArray());
      return check.verify(signature.toArray());
    } catch (GeneralSecurityException unfit) {
      return false; // such as a signature of another length than the key
    }
  }
}
