package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.COLLATERAL_IS_MALFORMED;
import static io.phalanx.attestation.RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE;
import static io.phalanx.attestation.RejectReason.CRL_IS_INVALID;
import static io.phalanx.attestation.RejectReason.QE_IDENTITY_SIGNATURE_IS_INVALID;
import static io.phalanx.attestation.RejectReason.TCB_INFO_SIGNATURE_IS_INVALID;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.CollateralVerdict;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.json.JsonFields;
import io.phalanx.attestation.x509.Certificate;
import io.phalanx.attestation.x509.Chain;
import io.phalanx.attestation.x509.Crl;
import io.phalanx.attestation.x509.EcdsaKey;
import io.phalanx.attestation.x509.Pem;
import io.phalanx.attestation.x509.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What Intel publishes to judge the quotes of one processor family by. Its signatures are proven up
 * to the root, except that of the platforms' revocation list, which needs the platform's own chain.
 *
 * @param tcbInfo levels of the platform
 * @param tcbChain whose leaf signed them
 * @param qeIdentity of the quoting enclave
 * @param qeChain whose leaf signed it
 * @param rootCrl revoked by the root; none where it is missing
 * @param pckCrl revoked by an authority for platforms; none where it is missing
 * @param pckChain a platform's certificates in PEM, for quotes that do not carry them
 */
public record Collateral(
    TcbInfo tcbInfo,
    Chain tcbChain,
    QeIdentity qeIdentity,
    Chain qeChain,
    Optional<Crl> rootCrl,
    Optional<Crl> pckCrl,
    Optional<String> pckChain) {

  /** Far above the 20 KB that it has in practice. */
  public static final int MAX_LENGTH = 1_048_576;

  /** Reads collateral and proves it. */
  public static Collateral prove(Bytes json, EcdsaKey root) throws RejectedException {
    JsonFields fields = JsonFields.parse(json, MAX_LENGTH, COLLATERAL_IS_MALFORMED);
    String tcbInfo = fields.text("tcb_info");
    Chain tcbChain = Chain.ofSigner(Pem.certificates(fields.text("tcb_info_issuer_chain")), root);
    Bytes tcbSignature = fields.hex("tcb_info_signature");
    requireSigned(tcbInfo, tcbSignature, tcbChain, TCB_INFO_SIGNATURE_IS_INVALID);

    String identity = fields.text("qe_identity");
    Chain qeChain = Chain.ofSigner(Pem.certificates(fields.text("qe_identity_issuer_chain")), root);
    Bytes qeSignature = fields.hex("qe_identity_signature");
    requireSigned(identity, qeSignature, qeChain, QE_IDENTITY_SIGNATURE_IS_INVALID);

    return new Collateral(
        TcbInfo.parse(tcbInfo),
        tcbChain,
        QeIdentity.parse(identity),
        qeChain,
        rootCrl(fields, tcbChain.leaf(), root),
        crl(fields, "pck_crl"),
        fields.optionalText("pck_certificate_chain"));
  }

  /** What it is for, if all of it counts at that time. */
  public CollateralVerdict.Sound examine(Instant at) throws RejectedException {
    Deadlines deadlines = new Deadlines(at);
    deadlines.collateral(this);
    if (qeIdentity.tee() != tcbInfo.tee()) {
      throw new RejectedException(
          COLLATERAL_IS_OF_ANOTHER_TEE, "TCB info and QE identity are not of one TEE.");
    }
    return new CollateralVerdict.Sound(
        tcbInfo.tee(),
        tcbInfo.fmspc(),
        tcbInfo.validity().from(),
        deadlines.earliest(),
        rootCrl.isPresent() && pckCrl.isPresent());
  }

  private static void requireSigned(String text, Bytes signature, Chain chain, RejectReason invalid)
      throws RejectedException {
    boolean fits =
        chain.leaf().key() instanceof PublicKey.Ec signer
            && signer.key().verifies(Bytes.utf8(text).sha256(), signature);
    if (!fits) {
      throw new RejectedException(invalid, "The signature does not fit the text to the byte.");
    }
  }

  /** The signer of collateral is issued by the root, so it knows the root's name. */
  private static Optional<Crl> rootCrl(JsonFields fields, Certificate signer, EcdsaKey root)
      throws RejectedException {
    Optional<Crl> crl = crl(fields, "root_ca_crl");
    if (crl.isPresent() && !crl.get().isBy(signer.issuer(), new PublicKey.Ec(root))) {
      throw new RejectedException(CRL_IS_INVALID, "The root's revocation list is not the root's.");
    }
    return crl;
  }

  private static Optional<Crl> crl(JsonFields fields, String name) throws RejectedException {
    if (!fields.has(name) || fields.text(name).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Crl.parse(fields.hex(name)));
  }
}
