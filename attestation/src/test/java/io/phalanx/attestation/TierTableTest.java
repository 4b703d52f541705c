package io.phalanx.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TierTableTest {

  private static final Optional<List<String>> NONE = Optional.of(List.of());

  @ParameterizedTest
  @CsvSource({
    "UpToDate, OK, 1",
    "SWHardeningNeeded, SW_HARDENING_NEEDED, 2",
    "ConfigurationNeeded, CONFIGURATION_NEEDED, 3",
    "ConfigurationAndSWHardeningNeeded, CONFIGURATION_AND_SW_HARDENING_NEEDED, 3",
    "OutOfDate, GROUP_OUT_OF_DATE, 5"
  })
  void givesBothServicesTheSameTier(String dcap, String ias, int tier) {
    assertThat(TierTable.PHALA.tier(QuoteStatus.ofDcap(dcap).orElseThrow(), NONE)).isEqualTo(tier);
    assertThat(TierTable.PHALA.tier(QuoteStatus.ofIas(ias).orElseThrow(), NONE)).isEqualTo(tier);
  }

  @Test
  void putsOutOfDateConfigurationLast() {
    QuoteStatus status = QuoteStatus.ofDcap("OutOfDateConfigurationNeeded").orElseThrow();
    assertThat(TierTable.PHALA.tier(status, NONE)).isEqualTo(5);
  }

  @Nested
  class Advisories {

    private int tier(Optional<List<String>> advisories) {
      return TierTable.PHALA.tier(QuoteStatus.CONFIGURATION_NEEDED, advisories);
    }

    @Test
    void onTheListLeaveTierThree() {
      assertThat(
              tier(
                  Optional.of(
                      List.of(
                          "INTEL-SA-00219", "INTEL-SA-00334", "INTEL-SA-00381", "INTEL-SA-00389"))))
          .isEqualTo(3);
    }

    @Test
    void offTheListMakeTierFour() {
      assertThat(tier(Optional.of(List.of("INTEL-SA-00219", "INTEL-SA-00614")))).isEqualTo(4);
    }

    @Test
    void thatCannotBeNamedNeverGiveTierThree() {
      assertThat(tier(Optional.empty())).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTEL-SA-00614", "INTEL-SA-99999"})
    void doNotCountForOtherStatuses(String advisory) {
      Optional<List<String>> advisories = Optional.of(List.of(advisory));
      assertThat(TierTable.PHALA.tier(QuoteStatus.UP_TO_DATE, advisories)).isEqualTo(1);
      assertThat(TierTable.PHALA.tier(QuoteStatus.SW_HARDENING_NEEDED, advisories)).isEqualTo(2);
      assertThat(TierTable.PHALA.tier(QuoteStatus.OUT_OF_DATE, advisories)).isEqualTo(5);
    }
  }

  @Nested
  class Unknown {

    @ParameterizedTest
    @ValueSource(strings = {"Revoked", "uptodate", "", "OK", "TDRelaunchAdvised"})
    void dcapStatusesAreRejected(String name) {
      assertThat(QuoteStatus.ofDcap(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "GROUP_REVOKED", "KEY_REVOKED", "SIGNATURE_INVALID", "UpToDate", "ok"})
    void iasStatusesAreRejected(String name) {
      assertThat(QuoteStatus.ofIas(name)).isEmpty();
    }
  }
}
