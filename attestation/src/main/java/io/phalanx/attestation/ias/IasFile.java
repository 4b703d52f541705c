package io.phalanx.attestation.ias;

import static io.phalanx.attestation.RejectReason.REPORT_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.json.JsonFields;

/** The file of an IAS report: {@code {raReport, signature, rawSigningCert}}. */
public final class IasFile {
  private static final int MAX_LENGTH = 65_536;

  private IasFile() {}

  /** Reads it. */
  public static Evidence.Ias parse(Bytes json) throws RejectedException {
    JsonFields file = JsonFields.parse(json, MAX_LENGTH, REPORT_IS_MALFORMED);
    return new Evidence.Ias(
        Bytes.utf8(file.text("raReport")), file.text("signature"), file.text("rawSigningCert"));
  }
}
