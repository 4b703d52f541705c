package io.phalanx.attestation.x509;

import io.phalanx.attestation.Bytes;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.jspecify.annotations.Nullable;

/**
 * A public key on P-256, with ECDSA over SHA-256. Bouncy Castle's field arithmetic for this curve
 * verifies about five times as fast as JDK 17's own.
 */
public final class EcdsaKey {
  /** Length of a key and of a signature: two numbers of 32 bytes. */
  public static final int LENGTH = 64;

  private static final ECDomainParameters CURVE = curve();
  private static final int UNCOMPRESSED = 4;

  private final Bytes coordinates;
  private final ECPublicKeyParameters key;

  private EcdsaKey(Bytes coordinates, ECPublicKeyParameters key) {
    this.coordinates = coordinates;
    this.key = key;
  }

  private static ECDomainParameters curve() {
    X9ECParameters named = CustomNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(named);
  }

  /** From x and y, 32 bytes each, big endian; none when that is no point of the curve. */
  public static Optional<EcdsaKey> of(Bytes coordinates) {
    if (coordinates.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] point = Bytes.copyOf((byte) UNCOMPRESSED).concat(coordinates).toArray();
      return Optional.of(
          new EcdsaKey(
              coordinates, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE)));
    } catch (IllegalArgumentException notOnTheCurve) {
      return Optional.empty();
    }
  }

  /** x and y. */
  public Bytes coordinates() {
    return coordinates;
  }

  /**
   * Whether a signature fits.
   *
   * @param digest SHA-256 of what was signed
   * @param signature r and s, 32 bytes each, big endian
   */
  public boolean verifies(Bytes digest, Bytes signature) {
    return signature.length() == LENGTH
        && verifies(digest, number(signature, 0), number(signature, LENGTH / 2));
  }

  boolean verifies(Bytes digest, BigInteger r, BigInteger s) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, key);
    return signer.verifySignature(digest.toArray(), r, s);
  }

  private static BigInteger number(Bytes signature, int from) {
    return new BigInteger(1, signature.slice(from, from + LENGTH / 2).toArray());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EcdsaKey ecdsa && coordinates.equals(ecdsa.coordinates);
  }

  @Override
  public int hashCode() {
    return coordinates.hashCode();
  }
}
