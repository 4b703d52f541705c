package io.phalanx.attestation.authority;

import io.phalanx.attestation.Bytes;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What a certificate is to say.
 *
 * @param name its subject's common name
 * @param issuer its issuer's common name
 * @param serial number
 * @param from first instant
 * @param to last instant
 * @param isAuthority whether it may issue others
 * @param keyUsage first byte of the key usage
 * @param key its subject's
 * @param issuerKey who signs it
 * @param sgx value of Intel's extension
 * @param strange DER of one more extension
 */
public record CertificateOrder(
    String name,
    String issuer,
    long serial,
    Instant from,
    Instant to,
    boolean isAuthority,
    int keyUsage,
    Signer key,
    Signer issuerKey,
    Optional<Bytes> sgx,
    Optional<Bytes> strange) {

  /** Certificate and CRL signing. */
  public static final int FOR_AUTHORITIES = 0x06;

  /** Digital signature and non-repudiation. */
  public static final int FOR_SIGNERS = 0xC0;

  /** Under another name. */
  public CertificateOrder named(String other) {
    return new CertificateOrder(
        other, issuer, serial, from, to, isAuthority, keyUsage, key, issuerKey, sgx, strange);
  }

  /** Naming another issuer. */
  public CertificateOrder issuedBy(String other) {
    return new CertificateOrder(
        name, other, serial, from, to, isAuthority, keyUsage, key, issuerKey, sgx, strange);
  }

  /** With other times. */
  public CertificateOrder within(Instant first, Instant last) {
    return new CertificateOrder(
        name, issuer, serial, first, last, isAuthority, keyUsage, key, issuerKey, sgx, strange);
  }

  /** In another role. */
  public CertificateOrder inRole(boolean authority, int usage) {
    return new CertificateOrder(
        name, issuer, serial, from, to, authority, usage, key, issuerKey, sgx, strange);
  }

  /** For another key. */
  public CertificateOrder of(Signer other) {
    return new CertificateOrder(
        name, issuer, serial, from, to, isAuthority, keyUsage, other, issuerKey, sgx, strange);
  }

  /** Signed by another. */
  public CertificateOrder signedBy(Signer other) {
    return new CertificateOrder(
        name, issuer, serial, from, to, isAuthority, keyUsage, key, other, sgx, strange);
  }

  /** With another value of Intel's extension, or without it. */
  public CertificateOrder withSgx(Optional<Bytes> value) {
    return new CertificateOrder(
        name, issuer, serial, from, to, isAuthority, keyUsage, key, issuerKey, value, strange);
  }

  /** With one more extension, which nobody knows. */
  public CertificateOrder withStrange(boolean isCritical) {
    Bytes extension =
        Der.sequence(Der.oid("1.2.3.4"), Der.bool(isCritical), Der.octets(Bytes.utf8("who knows")));
    return new CertificateOrder(
        name,
        issuer,
        serial,
        from,
        to,
        isAuthority,
        keyUsage,
        key,
        issuerKey,
        sgx,
        Optional.of(extension));
  }

  /** The certificate, DER. */
  public Bytes issue() {
    Bytes empty = Bytes.copyOf();
    Bytes constraints = Der.octets(isAuthority ? Der.sequence(Der.bool(true)) : Der.sequence());
    Bytes usage = Der.octets(Der.element(0x03, Bytes.copyOf((byte) 1, (byte) keyUsage)));
    Bytes extensions =
        Der.sequence(
            Der.sequence(Der.oid("2.5.29.15"), Der.bool(true), usage),
            Der.sequence(Der.oid("2.5.29.19"), Der.bool(true), constraints),
            sgx.map(v -> Der.sequence(Der.oid("1.2.840.113741.1.13.1"), Der.octets(v)))
                .orElse(empty),
            strange.orElse(empty));
    Bytes signed =
        Der.sequence(
            Der.element(0xA0, Der.integer(2)),
            Der.integer(serial),
            issuerKey.algorithm(),
            Der.name(issuer),
            Der.sequence(Der.time(from), Der.time(to)),
            Der.name(name),
            key.publicKeyInfo(),
            Der.element(0xA3, extensions));
    return Der.sequence(signed, issuerKey.algorithm(), Der.bits(issuerKey.signDer(signed)));
  }

  /** The certificate, PEM. */
  public String pem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(issue().toArray())
        + "\n-----END CERTIFICATE-----\n";
  }
}
