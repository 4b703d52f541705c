package io.phalanx.attestation.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing wrong, one reason named. */
final class RejectTest {

  static List<RejectCase> cases() {
    List<RejectCase> all = new ArrayList<>(DcapRejectCases.all());
    all.addAll(IasRejectCases.all());
    all.add(
        new RejectCase(
            RejectReason.EVIDENCE_IS_TOO_OLD,
            "DCAP, 19 days where 18 are allowed",
            DcapForge.sgx().issue(),
            new Terms(
                Policies.aged(Duration.ofDays(18)),
                DcapForge.NOW,
                DcapForge.NOW.plus(Duration.ofDays(19)),
                Optional.empty())));
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesTheReason(RejectCase made) {
    Verdict verdict = Attestors.fresh().verify(made.evidence(), made.terms());
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    Verdict.Rejected rejected = (Verdict.Rejected) verdict;
    assertThat(rejected.reason()).as(rejected.sentence()).isEqualTo(made.reason());
    assertThat(rejected.sentence()).endsWith(".").doesNotContain("Exception");
  }

  @Test
  void isShownForEveryReason() {
    Set<RejectReason> shown = EnumSet.noneOf(RejectReason.class);
    cases().forEach(made -> shown.add(made.reason()));
    assertThat(shown).isEqualTo(EnumSet.allOf(RejectReason.class));
  }

  /** What was proven before must not lend its proof to anything else. */
  @Test
  void doesNotDependOnWhatWasVerifiedBefore() {
    Attestor warm = Attestors.fresh();
    Terms terms = Terms.unbound(AttestationPolicy.DEFAULT, DcapForge.NOW);
    Evidence good = DcapForge.sgx().issue();
    Verdict accepted = warm.verify(good, terms);
    assertThat(accepted).isInstanceOf(Verdict.Accepted.class);
    List<RejectCase> shuffled = new ArrayList<>(cases());
    Collections.shuffle(shuffled, new Random(4));
    for (int round = 0; round < 2; round++) {
      for (RejectCase made : shuffled) {
        assertThat(warm.verify(made.evidence(), made.terms()))
            .as(made.toString())
            .isInstanceOfSatisfying(
                Verdict.Rejected.class,
                rejected -> assertThat(rejected.reason()).isEqualTo(made.reason()));
        assertThat(warm.verify(good, terms)).isEqualTo(accepted);
      }
    }
  }
}
