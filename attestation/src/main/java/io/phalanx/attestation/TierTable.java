package io.phalanx.attestation;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Confidence level by status and advisories, as on Phala's chain ({@code
 * pallets/phala/src/utils/constants.rs}).
 *
 * @param allowedAdvisories advisories that leave a Configuration status in tier 3
 */
public record TierTable(Set<String> allowedAdvisories) {

  /** Phala's list. */
  public static final TierTable PHALA =
      new TierTable(Set.of("INTEL-SA-00219", "INTEL-SA-00334", "INTEL-SA-00381", "INTEL-SA-00389"));

  /** Copies the set. */
  public TierTable {
    allowedAdvisories = Set.copyOf(allowedAdvisories);
  }

  /**
   * The tier that a status proves.
   *
   * @param advisories the advisories that come with it; empty optional when the collateral cannot
   *     name any (TCB info version 2), which never gives tier 3
   * @return 1 (best) to 5
   */
  public int tier(QuoteStatus status, Optional<? extends Collection<String>> advisories) {
    return switch (status) {
      case UP_TO_DATE -> 1;
      case SW_HARDENING_NEEDED -> 2;
      case CONFIGURATION_NEEDED, CONFIGURATION_AND_SW_HARDENING_NEEDED ->
          advisories.isPresent() && allowedAdvisories.containsAll(advisories.get()) ? 3 : 4;
      case OUT_OF_DATE, OUT_OF_DATE_CONFIGURATION_NEEDED -> 5;
    };
  }
}
