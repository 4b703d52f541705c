package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.IasForge.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.IasForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What good reports prove. */
final class IasTierTest {
  private static final Attestor ATTESTOR = Attestors.fresh();

  private static Verdict.Accepted accepted(IasForge forge) {
    Terms terms = Terms.unbound(Policies.LENIENT, IasForge.MADE);
    return (Verdict.Accepted) ATTESTOR.verify(forge.issue(), terms);
  }

  private static IasForge rated(String status, String... advisories) {
    return report()
        .json(
            json -> {
              json.put("isvEnclaveQuoteStatus", status);
              var names = json.putArray("advisoryIDs");
              for (String advisory : advisories) {
                names.add(advisory);
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "OK, 1, 1",
    "SW_HARDENING_NEEDED, 2, 2",
    "CONFIGURATION_NEEDED, 3, 4",
    "CONFIGURATION_AND_SW_HARDENING_NEEDED, 3, 4",
    "GROUP_OUT_OF_DATE, 5, 5"
  })
  void followsStatusAndAdvisories(String status, int listed, int unlisted) {
    assertThat(accepted(rated(status, "INTEL-SA-00334")).tier()).isEqualTo(listed);
    Verdict.Accepted verdict = accepted(rated(status, "INTEL-SA-00334", "INTEL-SA-00615"));
    assertThat(verdict.tier()).isEqualTo(unlisted);
    assertThat(verdict.statusName()).isEqualTo(status);
    assertThat(verdict.advisories()).containsExactly("INTEL-SA-00334", "INTEL-SA-00615");
  }

  @Test
  void comesFromReportsWithoutVersionAsWell() {
    assertThat(accepted(report().json(json -> json.remove("version"))).tier()).isEqualTo(1);
  }

  @Test
  void comesWithWhatTheProgramSays() {
    Verdict.Accepted verdict = accepted(report().quote(quote -> quote[96] = 7));
    assertThat(verdict.claims().isDebug()).isTrue();
    assertThat(verdict.claims().measurement().hex()).startsWith("5e00");
    assertThat(verdict.claims().fmspc()).isEmpty();
  }

  @Test
  void tellsMachinesApart() {
    String one = accepted(report()).platform();
    String same = accepted(rated("GROUP_OUT_OF_DATE")).platform();
    String other =
        accepted(report().json(json -> json.put("epidPseudonym", "b3RoZXI="))).platform();
    assertThat(same).isEqualTo(one).startsWith("epid:");
    assertThat(other).isNotEqualTo(one);
  }
}
