package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.QE_IDENTITY_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.json.JsonFields;
import io.phalanx.attestation.x509.Validity;
import java.util.List;

/**
 * What Intel says of its quoting enclave (PCS API, enclave identity version 2; 3 for TDX as well).
 *
 * @param tee whose quotes that enclave makes
 * @param validity from its issue to when the next is due
 * @param miscSelect extra state the enclave saves, 4 bytes
 * @param miscSelectMask which bits of it matter
 * @param attributes its mode, 16 bytes
 * @param attributesMask which bits of it matter
 * @param mrSigner hash of its author's key
 * @param productId its author's number for it
 * @param levels best first
 */
record QeIdentity(
    TeeKind tee,
    Validity validity,
    Bytes miscSelect,
    Bytes miscSelectMask,
    Bytes attributes,
    Bytes attributesMask,
    Bytes mrSigner,
    int productId,
    List<SvnLevel> levels) {

  private static final int MAX_LENGTH = 131_072;
  private static final int MAX_PRODUCT_ID = 65_535;

  static QeIdentity parse(String text) throws RejectedException {
    JsonFields identity = JsonFields.parse(Bytes.utf8(text), MAX_LENGTH, QE_IDENTITY_IS_MALFORMED);
    String id = identity.text("id");
    int version = identity.integer("version", Integer.MAX_VALUE);
    boolean isTdx = id.equals("TD_QE") && (version == 2 || version == 3);
    if (!isTdx && !(id.equals("QE") && version == 2)) {
      throw identity.fault("id", "that of QE version 2 or TD_QE version 2 or 3");
    }
    return new QeIdentity(
        isTdx ? TeeKind.TDX : TeeKind.SGX,
        new Validity(identity.time("issueDate"), identity.time("nextUpdate")),
        identity.hex("miscselect", 4),
        identity.hex("miscselectMask", 4),
        identity.hex("attributes", 16),
        identity.hex("attributesMask", 16),
        identity.hex("mrsigner", 32),
        identity.integer("isvprodid", MAX_PRODUCT_ID),
        SvnLevel.readAll(identity));
  }

  /** Whether that is the enclave that made a quote. */
  boolean describes(SgxReport report) {
    return report.mrSigner().equals(mrSigner)
        && report.productId() == productId
        && Masks.equal(report.miscSelect(), miscSelect, miscSelectMask)
        && Masks.equal(report.attributes(), attributes, attributesMask)
        && !report.isDebug();
  }
}
