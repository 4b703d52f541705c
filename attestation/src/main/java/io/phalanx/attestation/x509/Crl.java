package io.phalanx.attestation.x509;

import static io.phalanx.attestation.RejectReason.CRL_IS_MALFORMED;
import static io.phalanx.attestation.x509.DerReader.OCTET_STRING;
import static io.phalanx.attestation.x509.DerReader.SEQUENCE;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A certificate revocation list as it was read; nothing about it is proven yet.
 *
 * @param signed what the issuer signed, to the byte
 * @param signature by the issuer
 * @param issuer the issuer's name, DER
 * @param validity from its issue to when the next is due
 * @param revoked serial numbers
 */
public record Crl(
    Bytes signed, Signature signature, Bytes issuer, Validity validity, Set<BigInteger> revoked) {

  /** About 3,000 revoked certificates; Intel's lists of 2025 have under 70. */
  public static final int MAX_LENGTH = 131_072;

  private static final int EXTENSIONS = 0xA0;
  private static final int V2 = 1;

  /** Copies the set. */
  public Crl {
    revoked = Set.copyOf(revoked);
  }

  /** Reads DER. */
  public static Crl parse(Bytes der) throws RejectedException {
    if (der.length() > MAX_LENGTH) {
      throw new RejectedException(
          CRL_IS_MALFORMED, "A revocation list has more than " + MAX_LENGTH + " bytes.");
    }
    DerReader all = DerReader.of(der, CRL_IS_MALFORMED);
    DerReader list = all.enter(SEQUENCE);
    all.end();
    Bytes signed = list.whole(SEQUENCE);
    Bytes algorithm = list.whole(SEQUENCE);
    Signature signature = Signature.read(algorithm, list.bits(), CRL_IS_MALFORMED);
    list.end();
    DerReader fields = DerReader.of(signed, CRL_IS_MALFORMED).enter(SEQUENCE);
    if (fields.smallInteger(V2) != V2 || !fields.whole(SEQUENCE).equals(algorithm)) {
      throw fields.fault("the revocation list is not of version 2 or names two algorithms");
    }
    Bytes issuer = fields.whole(SEQUENCE);
    Instant issued = fields.time();
    Validity validity = new Validity(issued, fields.time());
    Set<BigInteger> revoked = revoked(fields);
    if (fields.isNext(EXTENSIONS)) {
      refuseCritical(fields.enter(EXTENSIONS).enter(SEQUENCE));
    }
    fields.end();
    return new Crl(signed, signature, issuer, validity, revoked);
  }

  private static Set<BigInteger> revoked(DerReader fields) throws RejectedException {
    Set<BigInteger> serials = new HashSet<>();
    if (fields.isNext(SEQUENCE)) {
      DerReader entries = fields.enter(SEQUENCE);
      while (!entries.isAtEnd()) {
        DerReader entry = entries.enter(SEQUENCE);
        serials.add(entry.integer());
        entry.time();
        if (entry.isNext(SEQUENCE)) {
          refuseCritical(entry.enter(SEQUENCE));
        }
        entry.end();
      }
    }
    return serials;
  }

  /** Such an extension may say that the list is not of all certificates, or not only of some. */
  private static void refuseCritical(DerReader extensions) throws RejectedException {
    while (!extensions.isAtEnd()) {
      DerReader extension = extensions.enter(SEQUENCE);
      extension.content(DerReader.OID);
      if (extension.isNext(DerReader.BOOLEAN) && extension.booleanValue()) {
        throw extension.fault("a critical extension is not understood");
      }
      extension.content(OCTET_STRING);
    }
  }

  /** Whether it is the list of that authority; both must say so. */
  public boolean isBy(Bytes name, PublicKey key) {
    return issuer.equals(name) && signature.isBy(key, signed);
  }

  /** Whether it names that certificate. */
  public boolean revokes(Certificate certificate) {
    return issuer.equals(certificate.issuer()) && revoked.contains(certificate.serial());
  }
}
