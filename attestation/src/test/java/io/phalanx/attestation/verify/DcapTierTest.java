package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.DcapForge.sgx;
import static io.phalanx.attestation.authority.DcapForge.td15;
import static io.phalanx.attestation.authority.DcapForge.tdx;
import static io.phalanx.attestation.authority.DcapForge.tdxV5;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.attestation.QuoteStatus;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.Machine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What good evidence proves. */
final class DcapTierTest {
  private static final Attestor ATTESTOR = Attestors.fresh();

  private static Verdict verify(DcapForge forge) {
    return ATTESTOR.verify(forge.issue(), RejectCase.at(DcapForge.NOW));
  }

  private static Verdict.Accepted accepted(DcapForge forge) {
    Verdict verdict = verify(forge);
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return (Verdict.Accepted) verdict;
  }

  private static RejectReason rejected(DcapForge forge) {
    Verdict verdict = verify(forge);
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    return ((Verdict.Rejected) verdict).reason();
  }

  static List<DcapForge> kinds() {
    return List.of(sgx(), tdx(), tdxV5(), td15());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isOneForTheBestOfEveryKind(DcapForge forge) {
    Verdict.Accepted verdict = accepted(forge);
    assertThat(verdict.tier()).isEqualTo(1);
    assertThat(verdict.status()).isEqualTo(QuoteStatus.UP_TO_DATE);
    assertThat(verdict.statusName()).isEqualTo("UpToDate");
    assertThat(verdict.advisories()).isEmpty();
    assertThat(verdict.platform()).isEqualTo("ppid:000102030405060708090a0b0c0d0e0f");
    assertThat(verdict.evidenceHash()).isEqualTo(forge.quote().sha256());
  }

  @Test
  void comesWithWhatTheProgramSays() {
    Verdict.Accepted enclave = accepted(sgx().signed(bytes -> bytes[DcapForge.BODY + 320] = 9));
    assertThat(enclave.claims().tee()).isEqualTo(TeeKind.SGX);
    assertThat(enclave.claims().measurement().hex()).isEqualTo("5e" + "00".repeat(31));
    assertThat(enclave.claims().reportData().hex()).isEqualTo("09" + "00".repeat(63));
    assertThat(enclave.claims().fmspc().orElseThrow().hex()).isEqualTo("00a067110000");
    Verdict.Accepted machine = accepted(td15());
    assertThat(machine.claims().tee()).isEqualTo(TeeKind.TDX);
    assertThat(machine.claims().measurement().hex()).isEqualTo("7d" + "00".repeat(47));
  }

  @ParameterizedTest
  @CsvSource({
    "UpToDate, 1, 1",
    "SWHardeningNeeded, 2, 2",
    "ConfigurationNeeded, 3, 4",
    "ConfigurationAndSWHardeningNeeded, 3, 4",
    "OutOfDate, 5, 5",
    "OutOfDateConfigurationNeeded, 5, 5"
  })
  void followsStatusAndAdvisories(String status, int listed, int unlisted) {
    assertThat(accepted(sgx().rated(status)).tier()).isEqualTo(listed);
    assertThat(accepted(sgx().rated(status, "INTEL-SA-00219", "INTEL-SA-00389")).tier())
        .isEqualTo(listed);
    assertThat(accepted(tdx().rated(status, "INTEL-SA-00219", "INTEL-SA-00289")).tier())
        .isEqualTo(unlisted);
  }

  @ParameterizedTest
  @CsvSource({
    "UpToDate, 1",
    "SWHardeningNeeded, 2",
    "ConfigurationNeeded, 4",
    "ConfigurationAndSWHardeningNeeded, 4",
    "OutOfDate, 5",
    "OutOfDateConfigurationNeeded, 5"
  })
  void isNeverThreeWithTcbInfoOfVersion2(String status, int tier) {
    Verdict.Accepted verdict = accepted(sgx().rated(status).version2());
    assertThat(verdict.tier()).isEqualTo(tier);
    assertThat(verdict.advisories()).isEmpty();
  }

  @Test
  void namesNoAdvisoriesOfTheQuotingEnclaveAloneWithTcbInfoOfVersion2() {
    DcapForge old = sgx().version2().qeReport(report -> report[258] = 6);
    assertThat(accepted(old).status()).isEqualTo(QuoteStatus.OUT_OF_DATE);
    assertThat(accepted(old).advisories()).isEmpty();
  }

  @Nested
  class Platform {
    @Test
    void reachesALevelExactly() {
      assertThat(accepted(sgx().on(Machine.BEST)).status()).isEqualTo(QuoteStatus.UP_TO_DATE);
      Verdict.Accepted next = accepted(sgx().on(Machine.BEST.with(4, 4, 2, 2)));
      assertThat(next.tier()).isEqualTo(5);
      assertThat(next.advisories()).containsExactly("INTEL-SA-00615");
    }

    /** One less in any of 16 places and the best level is out of reach. */
    @ParameterizedTest
    @MethodSource("io.phalanx.attestation.verify.DcapTierTest#places")
    void missesALevelByOneInAnyPlace(int place) {
      int[] components = Machine.components(5, 5, 2, 2);
      components[place]--;
      Verdict verdict = verify(sgx().on(Machine.BEST.with(components)));
      if (place < 2) {
        assertThat(((Verdict.Accepted) verdict).tier()).isEqualTo(5);
      } else {
        assertThat(((Verdict.Rejected) verdict).reason())
            .isEqualTo(RejectReason.TCB_LEVEL_IS_UNKNOWN);
      }
    }

    @Test
    void missesAllLevelsByOneOfItsProvisioningEnclave() {
      assertThat(rejected(sgx().on(Machine.BEST.withPceSvn(10))))
          .isEqualTo(RejectReason.TCB_LEVEL_IS_UNKNOWN);
      assertThat(accepted(sgx().on(Machine.BEST.withPceSvn(65_535))).tier()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.phalanx.attestation.verify.DcapTierTest#places")
    void needsEveryComponentOfTdx(int place) {
      int svn = place == 0 ? 4 : place == 1 ? 1 : place == 2 ? 2 : 0;
      DcapForge exact = tdx().tcbInfo(info -> tdxSvn(info, place, svn));
      assertThat(accepted(exact).tier()).isEqualTo(1);
      DcapForge above = tdx().tcbInfo(info -> tdxSvn(info, place, svn + 1));
      assertThat(accepted(above).tier()).isEqualTo(5);
    }

    private void tdxSvn(ObjectNode info, int place, int svn) {
      JsonNode parts = info.get("tcbLevels").get(0).get("tcb").get("tdxtcbcomponents");
      ((ObjectNode) parts.get(place)).put("svn", svn);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void doesNotDependOnTheOrderOfTheLevels(int seed) {
      DcapForge shuffled =
          sgx()
              .tcbInfo(
                  info -> {
                    ArrayNode levels = (ArrayNode) info.get("tcbLevels");
                    List<JsonNode> mixed = new ArrayList<>();
                    levels.forEach(mixed::add);
                    Collections.shuffle(mixed, new Random(seed));
                    info.putArray("tcbLevels").addAll(mixed);
                  });
      assertThat(accepted(shuffled).tier()).isEqualTo(1);
    }

    @Test
    void comparesComponentsAsUnsigned() {
      int[] high = Machine.components(255, 200, 128, 2);
      assertThat(accepted(sgx().on(Machine.BEST.with(high))).tier()).isEqualTo(1);
    }
  }

  static IntStream places() {
    return IntStream.range(0, 16);
  }

  @Nested
  class Merging {
    @Test
    void takesTheWorstOfPlatformAndQuotingEnclave() {
      DcapForge worseEnclave =
          sgx().rated("SWHardeningNeeded", "INTEL-SA-00334").qeReport(report -> report[258] = 7);
      Verdict.Accepted verdict = accepted(worseEnclave);
      assertThat(verdict.status()).isEqualTo(QuoteStatus.OUT_OF_DATE);
      assertThat(verdict.advisories()).containsExactly("INTEL-SA-00334", "INTEL-SA-00477");
      DcapForge worsePlatform =
          sgx().rated("OutOfDateConfigurationNeeded").qeReport(report -> report[258] = 7);
      assertThat(accepted(worsePlatform).status())
          .isEqualTo(QuoteStatus.OUT_OF_DATE_CONFIGURATION_NEEDED);
    }

    @Test
    void namesEachAdvisoryOnce() {
      DcapForge twice =
          sgx().rated("OutOfDate", "INTEL-SA-00477").qeReport(report -> report[258] = 7);
      assertThat(accepted(twice).advisories()).containsExactly("INTEL-SA-00477");
    }

    @Test
    void countsTheAdvisoriesOfTheQuotingEnclaveForTheTier() {
      DcapForge enclave =
          sgx()
              .rated("ConfigurationNeeded", "INTEL-SA-00219")
              .qeIdentity(
                  identity ->
                      ((ObjectNode) identity.get("tcbLevels").get(0))
                          .putArray("advisoryIDs")
                          .add("INTEL-SA-00615"));
      assertThat(accepted(enclave).tier()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "7, 5", "6, 5", "9, 1"})
    void ratesTheQuotingEnclaveByItsVersion(int version, int tier) {
      assertThat(accepted(sgx().qeReport(report -> report[258] = (byte) version)).tier())
          .isEqualTo(tier);
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "5, 1", "3, 5"})
    void ratesTheTdxModuleByItsVersion(int version, int tier) {
      Verdict.Accepted verdict =
          accepted(tdx().signed(bytes -> bytes[DcapForge.BODY] = (byte) version));
      assertThat(verdict.tier()).isEqualTo(tier);
      assertThat(verdict.advisories()).hasSize(tier == 5 ? 1 : 0);
    }

    @Test
    void ratesAModuleWithoutMajorVersionByThePlatformAlone() {
      assertThat(accepted(tdx().signed(bytes -> bytes[DcapForge.BODY + 1] = 0)).tier())
          .isEqualTo(1);
    }
  }

  @Nested
  class Shape {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70, 3_065})
    void mayBeFollowedByZeros(int count) {
      assertThat(accepted(sgx().followedBy(new int[count])).tier()).isEqualTo(1);
    }

    @Test
    void mayLeaveTheRootOut() {
      assertThat(accepted(sgx().withoutRoots()).tier()).isEqualTo(1);
    }

    @Test
    void mayHaveItsChainInTheCollateral() {
      DcapForge separate =
          sgx()
              .certificationType(3)
              .collateral(fields -> fields.put("pck_certificate_chain", sgx().pckChain()));
      assertThat(accepted(separate).tier()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 512})
    void mayHaveDataOfTheQuotingEnclaveOfAnyUsualLength(int length) {
      assertThat(accepted(sgx().qeData(length)).tier()).isEqualTo(1);
    }

    @Test
    void mayHoldExtensionsThatNobodyMustKnow() {
      DcapForge strange = sgx().certificate(DcapForge.Role.PCK, order -> order.withStrange(false));
      assertThat(accepted(strange).tier()).isEqualTo(1);
    }

    @Test
    void mayWriteItsFamilyInEitherCase() {
      assertThat(accepted(sgx().tcbInfo(info -> info.put("fmspc", "00a067110000"))).tier())
          .isEqualTo(1);
    }

    @Test
    void mayBeOfATdQuotingEnclaveOfVersion3() {
      assertThat(accepted(tdx().qeIdentity(identity -> identity.put("version", 3))).tier())
          .isEqualTo(1);
    }
  }
}
