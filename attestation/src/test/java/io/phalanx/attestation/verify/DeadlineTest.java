package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.DcapForge.sgx;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.DcapForge.Lister;
import io.phalanx.attestation.authority.DcapForge.Role;
import io.phalanx.attestation.authority.IasForge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that ends, to the second. */
final class DeadlineTest {
  private static final Instant FROM = Instant.parse("2026-01-10T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-20T00:00:00Z");
  private static final Attestor ATTESTOR = Attestors.fresh();

  private record Case(String what, RejectReason early, RejectReason late, DcapForge forge) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** Evidence of which one part alone counts from one day to another. */
  static List<Case> cases() {
    RejectReason early = RejectReason.CERTIFICATE_IS_NOT_YET_VALID;
    RejectReason late = RejectReason.CERTIFICATE_IS_EXPIRED;
    RejectReason earlyList = RejectReason.CRL_IS_NOT_YET_VALID;
    RejectReason lateList = RejectReason.CRL_IS_EXPIRED;
    return List.of(
        new Case("root", early, late, certificate(Role.ROOT)),
        new Case("authority", early, late, certificate(Role.CA)),
        new Case("platform", early, late, certificate(Role.PCK)),
        new Case("signer", early, late, certificate(Role.SIGNER)),
        new Case("list of the root", earlyList, lateList, crl(Lister.ROOT)),
        new Case("list of platforms", earlyList, lateList, crl(Lister.CA)),
        new Case(
            "TCB info",
            RejectReason.TCB_INFO_IS_NOT_YET_VALID,
            RejectReason.TCB_INFO_IS_EXPIRED,
            sgx()
                .tcbInfo(
                    info ->
                        info.put("issueDate", FROM.toString()).put("nextUpdate", TO.toString()))),
        new Case(
            "QE identity",
            RejectReason.QE_IDENTITY_IS_NOT_YET_VALID,
            RejectReason.QE_IDENTITY_IS_EXPIRED,
            sgx()
                .qeIdentity(
                    identity ->
                        identity
                            .put("issueDate", FROM.toString())
                            .put("nextUpdate", TO.toString()))));
  }

  private static DcapForge certificate(Role role) {
    return sgx().certificate(role, order -> order.within(FROM, TO));
  }

  private static DcapForge crl(Lister lister) {
    return sgx().crl(lister, order -> order.within(FROM, TO));
  }

  private static RejectReason reason(Evidence evidence, Terms terms) {
    return ((Verdict.Rejected) ATTESTOR.verify(evidence, terms)).reason();
  }

  private static Instant expiry(Evidence evidence, Terms terms) {
    return ((Verdict.Accepted) ATTESTOR.verify(evidence, terms)).expiresAt();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holdsFromTheFirstToTheLastSecond(Case made) {
    Evidence evidence = made.forge().issue();
    assertThat(reason(evidence, RejectCase.at(FROM.minusSeconds(1)))).isEqualTo(made.early());
    assertThat(expiry(evidence, RejectCase.at(FROM))).isEqualTo(TO);
    assertThat(expiry(evidence, RejectCase.at(TO))).isEqualTo(TO);
    assertThat(reason(evidence, RejectCase.at(TO.plusSeconds(1)))).isEqualTo(made.late());
  }

  @Nested
  class Age {
    private static final Instant CAME = DcapForge.NOW;

    private static Terms later(Duration maximumAge, Duration by) {
      return new Terms(Policies.aged(maximumAge), CAME, CAME.plus(by), Optional.empty());
    }

    @Test
    void countsFromWhenAQuoteCame() {
      Evidence evidence = sgx().issue();
      Duration day = Duration.ofDays(1);
      Instant end = CAME.plus(day);
      assertThat(expiry(evidence, later(day, Duration.ZERO))).isEqualTo(end);
      assertThat(expiry(evidence, later(day, day.minusSeconds(1)))).isEqualTo(end);
      assertThat(reason(evidence, later(day, day))).isEqualTo(RejectReason.EVIDENCE_IS_TOO_OLD);
    }

    @Test
    void endsWithTheCollateralWhereThatIsEarlier() {
      assertThat(expiry(sgx().issue(), later(Duration.ofDays(400), Duration.ZERO)))
          .isEqualTo(DcapForge.NEXT);
    }

    @Test
    void mayBeLongerThanAllTime() {
      assertThat(expiry(sgx().issue(), later(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO)))
          .isEqualTo(DcapForge.NEXT);
    }

    @Test
    void countsFromWhenAReportWasMade() {
      Evidence evidence = IasForge.report().issue();
      Instant made = IasForge.MADE;
      Instant came = made.plusSeconds(7_199);
      assertThat(expiry(evidence, RejectCase.at(came))).isEqualTo(made.plus(Duration.ofDays(30)));
      assertThat(expiry(evidence, RejectCase.at(made))).isEqualTo(made.plus(Duration.ofDays(30)));
    }
  }

  @Nested
  class Freshness {
    @Test
    void isAskedWhenAReportComesAndNotLater() {
      Evidence evidence = IasForge.report().issue();
      Instant made = IasForge.MADE;
      assertThat(reason(evidence, RejectCase.at(made.plusSeconds(7_200))))
          .isEqualTo(RejectReason.REPORT_IS_STALE);
      Terms renewed =
          new Terms(
              AttestationPolicy.DEFAULT,
              made.plusSeconds(7_199),
              made.plus(Duration.ofDays(20)),
              Optional.empty());
      assertThat(ATTESTOR.verify(evidence, renewed)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void refusesReportsFromTheFuture() {
      assertThat(reason(IasForge.report().issue(), RejectCase.at(IasForge.MADE.minusSeconds(1))))
          .isEqualTo(RejectReason.REPORT_IS_FROM_THE_FUTURE);
    }
  }
}
