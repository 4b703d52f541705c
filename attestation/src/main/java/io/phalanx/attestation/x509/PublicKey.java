package io.phalanx.attestation.x509;

import static io.phalanx.attestation.x509.DerReader.SEQUENCE;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;

/** The key of a certificate, of the two kinds that Intel uses. */
public sealed interface PublicKey {

  /** On P-256. */
  record Ec(EcdsaKey key) implements PublicKey {}

  /** RSA, 2,048 to 4,096 bits. */
  record Rsa(RsaKey key) implements PublicKey {}

  /** Reads a SubjectPublicKeyInfo. */
  static PublicKey read(DerReader info, RejectReason malformed) throws RejectedException {
    DerReader algorithm = info.enter(SEQUENCE);
    Bytes kind = algorithm.content(DerReader.OID);
    Bytes bits = info.bits();
    info.end();
    if (kind.equals(Oids.EC_PUBLIC_KEY)) {
      if (!algorithm.content(DerReader.OID).equals(Oids.P256)
          || bits.length() != 1 + EcdsaKey.LENGTH
          || bits.at(0) != 4) {
        throw info.fault("the key is not an uncompressed one on P-256");
      }
      return new Ec(
          EcdsaKey.of(bits.slice(1, bits.length()))
              .orElseThrow(() -> info.fault("the key is not on its curve")));
    }
    if (kind.equals(Oids.RSA_ENCRYPTION)) {
      DerReader numbers = DerReader.of(bits, malformed).enter(SEQUENCE);
      return new Rsa(
          RsaKey.of(numbers.integer(), numbers.integer())
              .orElseThrow(() -> info.fault("the RSA key is of an unusual size")));
    }
    throw info.fault("the key is neither EC nor RSA");
  }
}
