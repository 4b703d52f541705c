package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.ATTESTATION_KEY_TYPE_IS_UNSUPPORTED;
import static io.phalanx.attestation.RejectReason.QE_VENDOR_IS_UNKNOWN;
import static io.phalanx.attestation.RejectReason.QUOTE_IS_MALFORMED;
import static io.phalanx.attestation.RejectReason.QUOTE_VERSION_IS_UNSUPPORTED;
import static io.phalanx.attestation.RejectReason.TEE_TYPE_IS_UNSUPPORTED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Claims;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.TeeKind;
import java.util.Optional;

/**
 * A DCAP quote as it was read (Intel, "SGX ECDSA QuoteLibReference DCAP API", appendix A, and "TDX
 * DCAP: Quote Generation Library", appendix A); nothing about it is proven yet.
 *
 * @param signedDigest SHA-256 of what the attestation key signed: header and body
 * @param body what is said of the program
 * @param signature of the attestation key, 64 bytes
 * @param certification everything after that signature: who vouches for the attestation key
 */
public record Quote(Bytes signedDigest, Body body, Bytes signature, Bytes certification) {

  /** Twice the longest seen; Intel's own library makes none over 8,000 bytes. */
  public static final int MAX_LENGTH = 16_384;

  private static final int HEADER = 48;
  private static final int SIGNATURE = 64;
  private static final int ECDSA_P256 = 2;
  private static final int TD_1_0 = 2;
  private static final int TD_1_5 = 3;
  private static final long TEE_SGX = 0x00;
  private static final long TEE_TDX = 0x81;
  private static final Bytes INTEL = Bytes.ofHex("939a7233f79c4ca9940a0db3957f0607").orElseThrow();

  /** What is said of the program. */
  public sealed interface Body {
    /** What matters to everyone. */
    Claims claims();

    /** Of an enclave. */
    record Sgx(SgxReport report) implements Body {
      @Override
      public Claims claims() {
        return new Claims(
            TeeKind.SGX,
            report.isDebug(),
            report.mrEnclave(),
            report.reportData(),
            Optional.empty());
      }
    }

    /** Of a virtual machine. */
    record Tdx(TdReport report) implements Body {
      @Override
      public Claims claims() {
        return new Claims(
            TeeKind.TDX, report.isDebug(), report.mrTd(), report.reportData(), Optional.empty());
      }
    }
  }

  /** Reads a quote; only zeros may follow it. */
  public static Quote parse(Bytes quote) throws RejectedException {
    if (quote.length() > MAX_LENGTH) {
      throw new RejectedException(
          QUOTE_IS_MALFORMED, "The quote has more than " + MAX_LENGTH + " bytes.");
    }
    QuoteReader fields = QuoteReader.of(quote);
    int version = fields.u16();
    int keyType = fields.u16();
    long tee = fields.u32();
    fields.skip(4); // SVNs that the platform's certificate proves better
    requireKnown(version, keyType, tee);
    if (!fields.take(INTEL.length()).equals(INTEL)) {
      throw new RejectedException(QE_VENDOR_IS_UNKNOWN, "The quoting enclave is not Intel's.");
    }
    fields.skip(HEADER - fields.at());
    Body body = body(version, fields);
    Bytes signed = quote.sha256(0, fields.at());
    QuoteReader authentication = fields.part(fields.u32());
    Bytes signature = authentication.take(SIGNATURE);
    Bytes certification = authentication.rest();
    if (!fields.rest().isZero()) {
      throw new RejectedException(
          QUOTE_IS_MALFORMED, "Something else than zeros follows the quote.");
    }
    return new Quote(signed, body, signature, certification);
  }

  private static void requireKnown(int version, int keyType, long tee) throws RejectedException {
    if (version < 3 || version > 5) {
      throw new RejectedException(
          QUOTE_VERSION_IS_UNSUPPORTED, "Quotes of version " + version + " are not supported.");
    }
    if (tee != TEE_SGX && tee != TEE_TDX) {
      throw new RejectedException(
          TEE_TYPE_IS_UNSUPPORTED, "TEE type " + tee + " is not supported.");
    }
    if ((version == 3) != (tee == TEE_SGX)) {
      throw new RejectedException(
          QUOTE_VERSION_IS_UNSUPPORTED,
          "SGX quotes must be of version 3, TDX quotes of version 4 or 5; this is "
              + version
              + ".");
    }
    if (keyType != ECDSA_P256) {
      throw new RejectedException(
          ATTESTATION_KEY_TYPE_IS_UNSUPPORTED,
          "Attestation keys of type " + keyType + " are not supported.");
    }
  }

  private static Body body(int version, QuoteReader fields) throws RejectedException {
    return switch (version) {
      case 3 -> new Body.Sgx(SgxReport.read(fields));
      case 4 -> new Body.Tdx(TdReport.read(fields, false));
      default -> described(fields);
    };
  }

  private static Body described(QuoteReader fields) throws RejectedException {
    int type = fields.u16();
    long length = fields.u32();
    boolean isTdx10 = type == TD_1_0 && length == TdReport.LENGTH_1_0;
    boolean isTdx15 = type == TD_1_5 && length == TdReport.LENGTH_1_5;
    if (!isTdx10 && !isTdx15) {
      throw new RejectedException(
          QUOTE_IS_MALFORMED,
          "A body of type " + type + " with " + length + " bytes is not known.");
    }
    return new Body.Tdx(TdReport.read(fields, isTdx15));
  }

  /** Whether the certification is wrapped, as in all versions but 3. */
  public boolean isWrapped() {
    return body instanceof Body.Tdx;
  }
}
