package io.phalanx.attestation.x509;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import java.math.BigInteger;

/** A signature on a certificate or a revocation list. */
public sealed interface Signature {

  /** Whether that key made it over those bytes. */
  boolean isBy(PublicKey key, Bytes signed);

  /** ECDSA. */
  record Ecdsa(BigInteger r, BigInteger s) implements Signature {
    @Override
    public boolean isBy(PublicKey key, Bytes signed) {
      return key instanceof PublicKey.Ec ec && ec.key().verifies(signed.sha256(), r, s);
    }
  }

  /** RSA, PKCS #1 v1.5. */
  record Rsa(Bytes value) implements Signature {
    @Override
    public boolean isBy(PublicKey key, Bytes signed) {
      return key instanceof PublicKey.Rsa rsa && rsa.key().verifies(signed, value);
    }
  }

  /** Reads a signature of the named algorithm. */
  static Signature read(Bytes algorithm, Bytes signature, RejectReason malformed)
      throws RejectedException {
    DerReader named = DerReader.of(algorithm, malformed).enter(DerReader.SEQUENCE);
    Bytes oid = named.content(DerReader.OID);
    if (oid.equals(Oids.RSA_WITH_SHA256)) {
      return new Rsa(signature);
    }
    if (!oid.equals(Oids.ECDSA_WITH_SHA256)) {
      throw named.fault("the signature is neither ECDSA nor RSA with SHA-256");
    }
    DerReader all = DerReader.of(signature, malformed);
    DerReader numbers = all.enter(DerReader.SEQUENCE);
    all.end();
    Ecdsa read = new Ecdsa(numbers.integer(), numbers.integer());
    numbers.end();
    return read;
  }
}
