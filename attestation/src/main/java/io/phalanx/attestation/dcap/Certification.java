package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.ATTESTATION_KEY_IS_NOT_BOUND;
import static io.phalanx.attestation.RejectReason.PCK_CERTIFICATE_IS_MISSING;
import static io.phalanx.attestation.RejectReason.PCK_CHAIN_IS_INVALID;
import static io.phalanx.attestation.RejectReason.QE_REPORT_SIGNATURE_IS_INVALID;
import static io.phalanx.attestation.RejectReason.QUOTE_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.x509.Chain;
import io.phalanx.attestation.x509.EcdsaKey;
import io.phalanx.attestation.x509.PckExtension;
import io.phalanx.attestation.x509.Pem;
import io.phalanx.attestation.x509.PublicKey;
import java.util.Optional;

/**
 * Who vouches for an attestation key, proven up to the root: the platform's certificate signs for
 * the quoting enclave, and that for the key. The same for all quotes a machine makes under one key.
 *
 * @param attestationKey signs quotes
 * @param qeReport of the quoting enclave
 * @param chain of the platform's certificate
 * @param platform what that certificate says of the machine
 */
public record Certification(
    EcdsaKey attestationKey, SgxReport qeReport, Chain chain, PckExtension platform) {

  private static final int PCK_CHAIN = 5;
  private static final int QE_REPORT = 6;

  /** Intel's quoting enclave puts 32 bytes here. */
  private static final int MAX_QE_DATA = 512;

  /**
   * Proves one.
   *
   * @param certification as it stands in the quote
   * @param isWrapped whether the report of the quoting enclave is itself certification data
   * @param separateChain the platform's certificates in PEM where the quote may lack them
   * @param root the trusted root
   */
  public static Certification prove(
      Bytes certification, boolean isWrapped, Optional<String> separateChain, EcdsaKey root)
      throws RejectedException {
    QuoteReader fields = QuoteReader.of(certification);
    Bytes key = fields.take(EcdsaKey.LENGTH);
    if (isWrapped) {
      int type = fields.u16();
      if (type != QE_REPORT) {
        throw new RejectedException(
            QUOTE_IS_MALFORMED, "Certification data of type " + type + " instead of 6.");
      }
      QuoteReader inside = fields.part(fields.u32());
      fields.end();
      return prove(key, inside, separateChain, root);
    }
    return prove(key, fields, separateChain, root);
  }

  private static Certification prove(
      Bytes key, QuoteReader fields, Optional<String> separateChain, EcdsaKey root)
      throws RejectedException {
    Bytes report = fields.take(SgxReport.LENGTH);
    Bytes reportSignature = fields.take(EcdsaKey.LENGTH);
    int dataLength = fields.u16();
    if (dataLength > MAX_QE_DATA) {
      throw new RejectedException(
          QUOTE_IS_MALFORMED, "The quoting enclave's data has " + dataLength + " bytes.");
    }
    Bytes data = fields.take(dataLength);
    int type = fields.u16();
    Bytes content = fields.take(fields.u32());
    fields.end();

    Chain chain = Chain.ofPlatform(Pem.certificates(chain(type, content, separateChain)), root);
    if (!(chain.leaf().key() instanceof PublicKey.Ec platform)
        || !platform.key().verifies(report.sha256(), reportSignature)) {
      throw new RejectedException(
          QE_REPORT_SIGNATURE_IS_INVALID,
          "The platform's certificate did not sign the report of the quoting enclave.");
    }
    Bytes sgx =
        chain
            .leaf()
            .sgx()
            .orElseThrow(
                () ->
                    new RejectedException(
                        PCK_CHAIN_IS_INVALID,
                        "The platform's certificate lacks Intel's extension."));
    SgxReport qeReport = SgxReport.parse(report);
    return new Certification(
        boundKey(key, data, qeReport), qeReport, chain, PckExtension.parse(sgx));
  }

  private static String chain(int type, Bytes content, Optional<String> separate)
      throws RejectedException {
    if (type == PCK_CHAIN) {
      return content.latin1();
    }
    return separate.orElseThrow(
        () ->
            new RejectedException(
                PCK_CERTIFICATE_IS_MISSING,
                "The platform's certificate is neither in the quote (certification data of type "
                    + type
                    + ") nor in the collateral."));
  }

  private static EcdsaKey boundKey(Bytes key, Bytes data, SgxReport qeReport)
      throws RejectedException {
    Bytes bound = qeReport.reportData().slice(0, 32);
    Bytes unused = qeReport.reportData().slice(32, 64);
    if (!bound.equals(key.concat(data).sha256()) || !unused.isZero()) {
      throw new RejectedException(
          ATTESTATION_KEY_IS_NOT_BOUND, "The quoting enclave did not vouch for the key.");
    }
    return EcdsaKey.of(key)
        .orElseThrow(
            () ->
                new RejectedException(
                    ATTESTATION_KEY_IS_NOT_BOUND, "The attestation key is not on its curve."));
  }
}
