package io.phalanx.attestation.dcap;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import java.util.Optional;

/**
 * What the TDX module says of a virtual machine (584 bytes, or 648 from TDX 1.5 on).
 *
 * @param tcbSvn security versions of the parts of TDX, 16 bytes
 * @param moduleSigner hash of the key of the TDX module's author, 48 bytes
 * @param moduleAttributes the module's mode, 8 bytes
 * @param attributes the machine's mode, 8 bytes
 * @param mrTd hash of its first memory
 * @param reportData what it chose itself, 64 bytes
 * @param serviceTd hash of its service TDs (MRSERVICETD), 48 bytes; none before TDX 1.5
 */
public record TdReport(
    Bytes tcbSvn,
    Bytes moduleSigner,
    Bytes moduleAttributes,
    Bytes attributes,
    Bytes mrTd,
    Bytes reportData,
    Optional<Bytes> serviceTd) {

  static final int LENGTH_1_0 = 584;
  static final int LENGTH_1_5 = 648;

  static TdReport read(QuoteReader fields, boolean isTdx15) throws RejectedException {
    Bytes tcbSvn = fields.take(16);
    fields.skip(48); // MRSEAM
    Bytes moduleSigner = fields.take(48);
    Bytes moduleAttributes = fields.take(8);
    Bytes attributes = fields.take(8);
    fields.skip(8); // XFAM
    Bytes mrTd = fields.take(48);
    fields.skip(7 * 48); // MRCONFIGID, MROWNER, MROWNERCONFIG, four run-time registers
    Bytes reportData = fields.take(64);
    Optional<Bytes> serviceTd = Optional.empty();
    if (isTdx15) {
      fields.skip(16); // TEE_TCB_SVN2
      serviceTd = Optional.of(fields.take(48));
    }
    return new TdReport(
        tcbSvn, moduleSigner, moduleAttributes, attributes, mrTd, reportData, serviceTd);
  }

  /** Whether its owner can look into it. */
  boolean isDebug() {
    return (attributes.at(0) & 0x01) != 0;
  }

  /** Whether the host cannot answer for memory that the machine has not accepted (bit 28). */
  boolean disablesSeptVe() {
    return (attributes.at(3) & 0x10) != 0;
  }

  /** Bits 7..1, 27..8, 29 and 62..32 (TDX module specification, ATTRIBUTES). */
  boolean hasReservedBits() {
    return (attributes.at(0) & 0xFE) != 0
        || attributes.at(1) != 0
        || attributes.at(2) != 0
        || (attributes.at(3) & 0x2F) != 0
        || !attributes.slice(4, 7).isZero()
        || (attributes.at(7) & 0x7F) != 0;
  }
}
