package io.phalanx.attestation.x509;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An X.509 certificate as it was read; nothing about it is proven yet.
 *
 * @param signed what the issuer signed, to the byte
 * @param signature by the issuer
 * @param serial the issuer's number for it
 * @param issuer the issuer's name, DER
 * @param subject its own name, DER
 * @param commonName the last part of its name; empty where it has none
 * @param validity when it counts
 * @param key its public key
 * @param authority whether it may sign other certificates and revocation lists
 * @param signer whether its key may sign data
 * @param sgx Intel's extension; none except on platform certificates
 */
public record Certificate(
    Bytes signed,
    Signature signature,
    BigInteger serial,
    Bytes issuer,
    Bytes subject,
    String commonName,
    Validity validity,
    PublicKey key,
    boolean authority,
    boolean signer,
    Optional<Bytes> sgx) {

  /** No certificate of Intel's is half as long. */
  public static final int MAX_LENGTH = 8_192;

  /** Reads DER. */
  public static Certificate parse(Bytes der) throws RejectedException {
    if (der.length() > MAX_LENGTH) {
      throw new RejectedException(
          CERTIFICATE_IS_MALFORMED, "A certificate has more than " + MAX_LENGTH + " bytes.");
    }
    DerReader all = DerReader.of(der, CERTIFICATE_IS_MALFORMED);
    DerReader certificate = all.enter(DerReader.SEQUENCE);
    all.end();
    Bytes signed = certificate.whole(DerReader.SEQUENCE);
    Bytes algorithm = certificate.whole(DerReader.SEQUENCE);
    Bytes signature = certificate.bits();
    certificate.end();
    return new CertificateReader(signed).read(algorithm, signature);
  }

  /** Whether that authority issued it; both must say so. */
  public boolean isIssuedBy(Certificate authority) {
    return authority.authority()
        && issuer.equals(authority.subject())
        && signature.isBy(authority.key(), signed);
  }
}
