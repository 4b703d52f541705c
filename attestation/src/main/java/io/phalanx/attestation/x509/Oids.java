package io.phalanx.attestation.x509;

import io.phalanx.attestation.Bytes;

/** Object identifiers, as the content bytes of their DER. */
final class Oids {
  static final Bytes ECDSA_WITH_SHA256 = hex("2a8648ce3d040302");
  static final Bytes RSA_WITH_SHA256 = hex("2a864886f70d01010b");
  static final Bytes EC_PUBLIC_KEY = hex("2a8648ce3d0201");
  static final Bytes P256 = hex("2a8648ce3d030107");
  static final Bytes RSA_ENCRYPTION = hex("2a864886f70d010101");
  static final Bytes COMMON_NAME = hex("550403");
  static final Bytes KEY_USAGE = hex("551d0f");
  static final Bytes BASIC_CONSTRAINTS = hex("551d13");

  /** 1.2.840.113741.1.13.1, Intel's extension of platform certificates. */
  static final Bytes SGX = hex("2a864886f84d010d01");

  private Oids() {}

  private static Bytes hex(String digits) {
    return Bytes.ofHex(digits).orElseThrow();
  }
}
