package io.phalanx.attestation.x509;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_MALFORMED;
import static io.phalanx.attestation.x509.DerReader.OCTET_STRING;
import static io.phalanx.attestation.x509.DerReader.SEQUENCE;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads what is signed of a certificate (RFC 5280, TBSCertificate). */
final class CertificateReader {
  private static final int VERSION = 0xA0;
  private static final int EXTENSIONS = 0xA3;
  private static final int V3 = 2;

  /** Bits of the first byte of a key usage, from the left (RFC 5280, 4.2.1.3). */
  private static final int DIGITAL_SIGNATURE = 0x80;

  private static final int CERTIFICATE_AND_CRL_SIGN = 0x06;

  private final Bytes signed;
  private boolean isAuthority;
  private int keyUsage;
  private Optional<Bytes> sgx = Optional.empty();

  CertificateReader(Bytes signed) {
    this.signed = signed;
  }

  Certificate read(Bytes algorithm, Bytes signature) throws RejectedException {
    DerReader fields = DerReader.of(signed, CERTIFICATE_IS_MALFORMED).enter(SEQUENCE);
    if (fields.enter(VERSION).smallInteger(V3) != V3) {
      throw fields.fault("the certificate is not of version 3");
    }
    BigInteger serial = fields.integer();
    if (!fields.whole(SEQUENCE).equals(algorithm)) {
      throw fields.fault("the certificate names two signature algorithms");
    }
    Bytes issuer = fields.whole(SEQUENCE);
    DerReader times = fields.enter(SEQUENCE);
    Validity validity = new Validity(times.time(), times.time());
    Bytes subject = fields.whole(SEQUENCE);
    PublicKey key = PublicKey.read(fields.enter(SEQUENCE), CERTIFICATE_IS_MALFORMED);
    extensions(fields.enter(EXTENSIONS).enter(SEQUENCE));
    fields.end();
    return new Certificate(
        signed,
        Signature.read(algorithm, signature, CERTIFICATE_IS_MALFORMED),
        serial,
        issuer,
        subject,
        commonName(subject),
        validity,
        key,
        isAuthority && (keyUsage & CERTIFICATE_AND_CRL_SIGN) == CERTIFICATE_AND_CRL_SIGN,
        !isAuthority && (keyUsage & DIGITAL_SIGNATURE) != 0,
        sgx);
  }

  private void extensions(DerReader extensions) throws RejectedException {
    Set<Bytes> seen = new HashSet<>();
    while (!extensions.isAtEnd()) {
      DerReader extension = extensions.enter(SEQUENCE);
      Bytes oid = extension.content(DerReader.OID);
      boolean isCritical = extension.isNext(DerReader.BOOLEAN) && extension.booleanValue();
      Bytes value = extension.content(OCTET_STRING);
      extension.end();
      if (!seen.add(oid)) {
        throw extension.fault("an extension is there twice");
      }
      if (!isUnderstood(oid, value) && isCritical) {
        throw extension.fault("a critical extension is not understood");
      }
    }
  }

  private boolean isUnderstood(Bytes oid, Bytes value) throws RejectedException {
    DerReader content = DerReader.of(value, CERTIFICATE_IS_MALFORMED);
    if (oid.equals(Oids.BASIC_CONSTRAINTS)) {
      DerReader constraints = content.enter(SEQUENCE);
      isAuthority = constraints.isNext(DerReader.BOOLEAN) && constraints.booleanValue();
      return true; // chains here are of fixed shape, so the path length says nothing new
    }
    if (oid.equals(Oids.KEY_USAGE)) {
      Bytes bits = content.content(DerReader.BIT_STRING);
      keyUsage = bits.length() > 1 ? bits.at(1) : 0;
      return true;
    }
    if (oid.equals(Oids.SGX)) {
      sgx = Optional.of(value);
      return true;
    }
    return false;
  }

  private static String commonName(Bytes subject) throws RejectedException {
    String name = "";
    DerReader parts = DerReader.of(subject, CERTIFICATE_IS_MALFORMED).enter(SEQUENCE);
    while (!parts.isAtEnd()) {
      DerReader part = parts.enter(DerReader.SET).enter(SEQUENCE);
      if (part.content(DerReader.OID).equals(Oids.COMMON_NAME)) {
        name = part.anyContent().latin1();
      }
    }
    return name;
  }
}
