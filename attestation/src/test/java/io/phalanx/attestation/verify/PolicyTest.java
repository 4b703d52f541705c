package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.DcapForge.sgx;
import static io.phalanx.attestation.authority.DcapForge.td15;
import static io.phalanx.attestation.authority.DcapForge.tdx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.AttestationPolicy.Exceptions;
import io.phalanx.attestation.Binding;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.TierTable;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.DcapForge.Lister;
import io.phalanx.attestation.authority.IasForge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the policy and the occasion decide. */
final class PolicyTest {
  private static final Bytes KEY = Bytes.utf8("miner").sha256();
  private static final Bytes NONCE = Bytes.utf8("nonce").sha256();
  private static final Instant NOW = DcapForge.NOW;

  private static Verdict verify(DcapForge forge, AttestationPolicy policy) {
    return Attestors.fresh().verify(forge.issue(), Terms.unbound(policy, NOW));
  }

  private static Verdict verify(DcapForge forge, Exceptions exceptions) {
    return verify(forge, AttestationPolicy.DEFAULT.withExceptions(exceptions));
  }

  @Nested
  class Allowance {
    @Test
    void ofDebugLetsBothKindsPass() {
      Exceptions debug = new Exceptions(true, false, false);
      DcapForge enclave = sgx().signed(bytes -> bytes[DcapForge.BODY + 48] = 7);
      DcapForge machine = tdx().signed(bytes -> bytes[DcapForge.BODY + 120] = 1);
      assertThat(verify(enclave, debug)).isInstanceOf(Verdict.Accepted.class);
      assertThat(verify(machine, debug)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void ofMissingListsLetsEitherOrBothBeMissing() {
      Exceptions missing = new Exceptions(false, true, false);
      for (Set<String> names :
          Set.of(Set.of("root_ca_crl"), Set.of("pck_crl"), Set.of("root_ca_crl", "pck_crl"))) {
        DcapForge without = sgx().collateral(fields -> fields.remove(names));
        assertThat(verify(without, missing)).isInstanceOf(Verdict.Accepted.class);
      }
    }

    @Test
    void ofMissingListsDoesNotOverlookOneThatIsThere() {
      DcapForge revoked =
          sgx()
              .crl(Lister.CA, order -> order.revoking(DcapForge.PCK_SERIAL))
              .collateral(fields -> fields.remove("root_ca_crl"));
      assertThat(verify(revoked, new Exceptions(false, true, false)))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected ->
                  assertThat(rejected.reason()).isEqualTo(RejectReason.CERTIFICATE_IS_REVOKED));
    }

    @Test
    void ofServiceTdsLetsThemBeBound() {
      DcapForge bound = td15().signed(bytes -> bytes[DcapForge.BODY_V5 + 600] = 1);
      assertThat(verify(bound, new Exceptions(false, false, true)))
          .isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Nested
  class Measurements {
    @Test
    void onTheListMayRun() {
      AttestationPolicy listed =
          AttestationPolicy.DEFAULT.withMeasurements(
              Set.of("5E" + "00".repeat(31), "7d" + "00".repeat(47)));
      assertThat(verify(sgx(), listed)).isInstanceOf(Verdict.Accepted.class);
      assertThat(verify(tdx(), listed)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void areOfTheTwoLengths() {
      assertThatThrownBy(() -> AttestationPolicy.DEFAULT.withMeasurements(Set.of("5e")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("5e");
      assertThatThrownBy(() -> AttestationPolicy.DEFAULT.withMeasurements(Set.of("xy".repeat(32))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void namesItsVersionAndDecidesWhichAdvisoriesAreMild() {
    AttestationPolicy base = AttestationPolicy.DEFAULT;
    AttestationPolicy milder =
        new AttestationPolicy(
            7,
            new TierTable(Set.of("INTEL-SA-00615")),
            Set.of(),
            base.maximumAge(),
            base.iasFreshness(),
            base.grace(),
            Exceptions.NONE);
    DcapForge configured = sgx().rated("ConfigurationNeeded", "INTEL-SA-00615");
    Verdict.Accepted verdict = (Verdict.Accepted) verify(configured, milder);
    assertThat(verdict.tier()).isEqualTo(3);
    assertThat(verdict.policyVersion()).isEqualTo(7);
  }

  @Test
  void isOfPositiveAges() {
    assertThatThrownBy(() -> Policies.aged(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Nested
  class Occasion {
    private final Evidence bound = sgx().reporting(KEY.concat(NONCE)).issue();

    private Verdict verify(Terms terms) {
      return Attestors.fresh().verify(bound, terms);
    }

    @Test
    void ofARegistrationAsksForKeyAndNonce() {
      Binding binding = new Binding(KEY, Optional.of(NONCE));
      assertThat(verify(Terms.registration(AttestationPolicy.DEFAULT, NOW, binding)))
          .isInstanceOf(Verdict.Accepted.class);
      Binding other = new Binding(KEY, Optional.of(KEY));
      assertThat(verify(Terms.registration(AttestationPolicy.DEFAULT, NOW, other)))
          .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void ofARenewalAsksForTheKeyAlone() {
      Instant later = NOW.plus(Duration.ofDays(5));
      assertThat(verify(Terms.renewal(AttestationPolicy.DEFAULT, NOW, later, KEY)))
          .isInstanceOf(Verdict.Accepted.class);
      assertThat(verify(Terms.renewal(AttestationPolicy.DEFAULT, NOW, later, NONCE)))
          .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void isNotBeforeTheEvidenceCame() {
      assertThatThrownBy(
              () -> Terms.renewal(AttestationPolicy.DEFAULT, NOW, NOW.minusMillis(1), KEY))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bindsReportsLikewise() {
      Evidence report =
          IasForge.report()
              .quote(q -> System.arraycopy(KEY.concat(NONCE).toArray(), 0, q, 368, 64))
              .issue();
      Binding binding = new Binding(KEY, Optional.of(NONCE));
      assertThat(
              Attestors.fresh()
                  .verify(report, Terms.registration(AttestationPolicy.DEFAULT, NOW, binding)))
          .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void refusesKeysAndNoncesOfOtherLengths() {
      assertThatThrownBy(() -> Binding.toKey(KEY.slice(0, 31)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Binding(KEY, Optional.of(KEY.concat(KEY))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class NewCollateral {
    @Test
    void changesTheTierOfAStoredQuote() {
      Evidence.Dcap stored = sgx().issue();
      Evidence.Dcap later =
          stored.withCollateral(sgx().rated("OutOfDate", "INTEL-SA-01245").collateral());
      Attestor attestor = Attestors.fresh();
      Terms terms = RejectCase.at(NOW);
      Verdict.Accepted before = (Verdict.Accepted) attestor.verify(stored, terms);
      Verdict.Accepted after = (Verdict.Accepted) attestor.verify(later, terms);
      assertThat(before.tier()).isEqualTo(1);
      assertThat(after.tier()).isEqualTo(5);
      assertThat(after.evidenceHash()).isEqualTo(before.evidenceHash());
      assertThat(after.platform()).isEqualTo(before.platform());
    }
  }
}
