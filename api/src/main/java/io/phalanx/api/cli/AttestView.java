package io.phalanx.api.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Claims;
import io.phalanx.attestation.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as {@code attest --json} shows it. Of rejected evidence the last five fields are what
 * it says, not what it proves.
 */
@JsonPropertyOrder({
  "verdict",
  "tier",
  "tcbStatus",
  "advisories",
  "reason",
  "expiresAt",
  "fmspc",
  "tee",
  "debug",
  "measurement",
  "reportData"
})
record AttestView(
    String verdict,
    @Nullable Integer tier,
    @Nullable String tcbStatus,
    List<String> advisories,
    @Nullable String reason,
    @Nullable String expiresAt,
    @Nullable String fmspc,
    @Nullable String tee,
    @Nullable Boolean debug,
    @Nullable String measurement,
    @Nullable String reportData) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static AttestView of(Verdict verdict) {
    if (verdict instanceof Verdict.Accepted accepted) {
      return of("ACCEPT", Optional.of(accepted), null, Optional.of(accepted.claims()));
    }
    Verdict.Rejected rejected = (Verdict.Rejected) verdict;
    return of("REJECT", Optional.empty(), rejected.reason().name(), rejected.claims());
  }

  private static AttestView of(
      String verdict,
      Optional<Verdict.Accepted> accepted,
      @Nullable String reason,
      Optional<Claims> claims) {
    return new AttestView(
        verdict,
        accepted.map(Verdict.Accepted::tier).orElse(null),
        accepted.map(Verdict.Accepted::statusName).orElse(null),
        accepted.map(Verdict.Accepted::advisories).orElse(List.of()),
        reason,
        accepted.map(Verdict.Accepted::expiresAt).map(AttestView::time).orElse(null),
        claims.flatMap(Claims::fmspc).map(AttestView::upperHex).orElse(null),
        claims.map(said -> said.tee().name()).orElse(null),
        claims.map(Claims::isDebug).orElse(null),
        claims.map(said -> said.measurement().hex()).orElse(null),
        claims.map(said -> said.reportData().hex()).orElse(null));
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  /** As Intel writes them. */
  private static String upperHex(Bytes fmspc) {
    return fmspc.hex().toUpperCase(Locale.ROOT);
  }

  /** For people. */
  String sentence(Verdict verdict) {
    if (verdict instanceof Verdict.Rejected rejected) {
      return "rejected: " + rejected.reason() + ": " + rejected.sentence();
    }
    return "accepted: tier "
        + tier
        + ", "
        + tcbStatus
        + (advisories.isEmpty() ? "" : " " + String.join(" ", advisories))
        + ", until "
        + expiresAt
        + System.lineSeparator()
        + tee
        + " "
        + measurement;
  }
}
