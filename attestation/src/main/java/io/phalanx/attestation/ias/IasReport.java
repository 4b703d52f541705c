package io.phalanx.attestation.ias;

import static io.phalanx.attestation.RejectReason.PLATFORM_IS_NOT_NAMED;
import static io.phalanx.attestation.RejectReason.REPORT_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.dcap.SgxReport;
import io.phalanx.attestation.json.JsonFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * What Intel's attestation service said of an enclave (IAS API, versions 2 to 5).
 *
 * @param madeAt when, to the second
 * @param status the service's word for the platform
 * @param advisories Intel's advisories; none before version 4
 * @param enclave of the quote that the service was shown
 * @param pseudonym the platform, the same for all quotes made for one service provider
 */
public record IasReport(
    Instant madeAt, String status, List<String> advisories, SgxReport enclave, String pseudonym) {

  /** Reports have under 2 KB. */
  public static final int MAX_LENGTH = 16_384;

  private static final int QUOTE_HEADER = 48;
  private static final int MAX_ADVISORIES = 128;

  /** Copies the list. */
  public IasReport {
    advisories = List.copyOf(advisories);
  }

  /** Reads the JSON that was signed. */
  public static IasReport parse(Bytes json) throws RejectedException {
    JsonFields report = JsonFields.parse(json, MAX_LENGTH, REPORT_IS_MALFORMED);
    Bytes quote = base64(report, "isvEnclaveQuoteBody");
    if (quote.length() != QUOTE_HEADER + SgxReport.LENGTH) {
      throw report.fault("isvEnclaveQuoteBody", "a quote without its signature");
    }
    if (!report.has("epidPseudonym")) {
      throw new RejectedException(
          PLATFORM_IS_NOT_NAMED, "The report has no epidPseudonym: its signature is unlinkable.");
    }
    return new IasReport(
        time(report),
        report.text("isvEnclaveQuoteStatus"),
        report.texts("advisoryIDs", MAX_ADVISORIES),
        SgxReport.parse(quote.slice(QUOTE_HEADER, quote.length())),
        report.text("epidPseudonym"));
  }

  /** UTC, though the service writes no zone. */
  private static Instant time(JsonFields report) throws RejectedException {
    try {
      return LocalDateTime.parse(report.text("timestamp"))
          .toInstant(ZoneOffset.UTC)
          .truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException notATime) {
      throw report.fault("timestamp", "a time");
    }
  }

  private static Bytes base64(JsonFields report, String name) throws RejectedException {
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(report.text(name)));
    } catch (IllegalArgumentException notBase64) {
      throw report.fault(name, "base64");
    }
  }

  /** Which machine it is, as far as the service tells. */
  public String platform() {
    return "epid:" + Bytes.utf8(pseudonym).sha256().hex();
  }
}
