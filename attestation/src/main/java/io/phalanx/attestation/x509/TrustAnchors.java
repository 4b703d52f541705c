package io.phalanx.attestation.x509;

import io.phalanx.attestation.Bytes;
import java.math.BigInteger;

/**
 * The keys that everything must lead to. Keys, not certificates: Intel has issued its root's
 * certificate more than once for the same key.
 *
 * @param dcapRoot of the authority at the top of platform certificates and collateral
 * @param iasAuthority of the authority that issues the signers of IAS reports
 */
public record TrustAnchors(EcdsaKey dcapRoot, RsaKey iasAuthority) {

  /** "Intel SGX Root CA", certificate 22650cd65a9d3489f383b49552bf501b392706ac. */
  private static final String INTEL_DCAP_ROOT =
      "0ba9c4c0c0c86193a3fe23d6b02cda10a8bbd4e88e48b4458561a36e705525f5"
          + "67918e2edc88e40d860bd0cc4ee26aacc988e505a953558c453f6b0904ae7394";

  /** "Intel SGX Attestation Report Signing CA", certificate d107765d32a3b094; e = 65,537. */
  private static final String INTEL_IAS_MODULUS =
      "9f3c647eb5773cbb512d2732c0d7415ebb55a0fa9ede2e649199e6821db910d5"
          + "3177370977466a6a5e4786ccd2ddebd4149d6a2f6325529dd10cc98737b0779c"
          + "1a07e29c47a1ae004948476c489f45a5a15d7ac8ecc6acc645adb43d87679df5"
          + "9c093bc5a2e9696c5478541b979e754b573914be55d32ff4c09ddf27219934cd"
          + "990527b3f92ed78fbf29246abecb71240ef39c2d7107b447545a7ffb10eb060a"
          + "68a98580219e36910952683892d6a5e2a80803193e407531404e36b315623799"
          + "aa825074409754a2dfe8f5afd5fe631e1fc2af3808906f28a790d9dd9fe06093"
          + "9b125790c5805d037df56a99531b96de69de33ed226cc1207d1042b5c9ab7f40"
          + "4fc711c0fe4769fb9578b1dc0ec469ea1a25e0ff9914886ef2699b235bb4847d"
          + "d6ff40b606e6170793c2fb98b314587f9cfd257362dfeab10b3bd2d97673a1a4"
          + "bd44c453aaf47fc1f2d3d0f384f74a06f89c089f0da6cdb7fceee8c9821a8e54"
          + "f25c0416d18c46839a5f8012fbdd3dc74d256279adc2c0d55aff6f0622425d1b";

  /** Intel's. */
  public static final TrustAnchors INTEL =
      new TrustAnchors(
          EcdsaKey.of(Bytes.ofHex(INTEL_DCAP_ROOT).orElseThrow()).orElseThrow(),
          RsaKey.of(new BigInteger(INTEL_IAS_MODULUS, 16), BigInteger.valueOf(65_537))
              .orElseThrow());
}
