package io.phalanx.attestation.dcap;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.json.JsonFields;
import java.util.List;

/**
 * A TDX module as Intel describes it.
 *
 * @param id such as {@code TDX_01}; empty for the one without a major version
 * @param signer hash of its author's key, 48 bytes
 * @param attributes its mode, 8 bytes
 * @param attributesMask which bits of it matter; the others must be zero
 * @param levels best first; empty for the one without a major version
 */
record TdxModule(
    String id, Bytes signer, Bytes attributes, Bytes attributesMask, List<SvnLevel> levels) {

  static TdxModule read(JsonFields module) throws RejectedException {
    return new TdxModule(
        module.text("id", ""),
        module.hex("mrsigner", 48),
        module.hex("attributes", 8),
        module.hex("attributesMask", 8),
        SvnLevel.readAll(module));
  }

  /** Whether that is what the machine runs on. */
  boolean describes(TdReport report) {
    return report.moduleSigner().equals(signer)
        && Masks.equal(report.moduleAttributes(), attributes, attributesMask)
        && Masks.isZeroOutside(report.moduleAttributes(), attributesMask);
  }
}
