package io.phalanx.attestation.dcap;

import io.phalanx.attestation.Bytes;

/** Comparison of bits that matter; both sides and the mask are of one length. */
final class Masks {
  private Masks() {}

  static boolean equal(Bytes actual, Bytes expected, Bytes mask) {
    for (int i = 0; i < mask.length(); i++) {
      if (((actual.at(i) ^ expected.at(i)) & mask.at(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isZeroOutside(Bytes actual, Bytes mask) {
    for (int i = 0; i < mask.length(); i++) {
      if ((actual.at(i) & ~mask.at(i)) != 0) {
        return false;
      }
    }
    return true;
  }
}
