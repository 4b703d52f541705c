package io.phalanx.attestation.dcap;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;

/**
 * What the processor says of an enclave (384 bytes, {@code sgx_report_body_t}).
 *
 * @param miscSelect extra state it saves, 4 bytes
 * @param attributes its mode, 16 bytes
 * @param mrEnclave hash of its code
 * @param mrSigner hash of its author's key
 * @param productId its author's number for it
 * @param securityVersion its author's security version
 * @param reportData what it chose itself, 64 bytes
 */
public record SgxReport(
    Bytes miscSelect,
    Bytes attributes,
    Bytes mrEnclave,
    Bytes mrSigner,
    int productId,
    int securityVersion,
    Bytes reportData) {

  /** Length in a quote. */
  public static final int LENGTH = 384;

  private static final int DEBUG = 0x02;

  static SgxReport read(QuoteReader fields) throws RejectedException {
    fields.skip(16);
    Bytes miscSelect = fields.take(4);
    fields.skip(28);
    Bytes attributes = fields.take(16);
    Bytes mrEnclave = fields.take(32);
    fields.skip(32);
    Bytes mrSigner = fields.take(32);
    fields.skip(96);
    int productId = fields.u16();
    int securityVersion = fields.u16();
    fields.skip(60);
    return new SgxReport(
        miscSelect, attributes, mrEnclave, mrSigner, productId, securityVersion, fields.take(64));
  }

  /** Reads one that stands alone. */
  public static SgxReport parse(Bytes report) throws RejectedException {
    QuoteReader fields = QuoteReader.of(report);
    SgxReport read = read(fields);
    fields.end();
    return read;
  }

  /** Whether its owner can look into it. */
  public boolean isDebug() {
    return (attributes.at(0) & DEBUG) != 0;
  }
}
