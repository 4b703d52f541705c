package io.phalanx.attestation;

import java.util.Optional;

/**
 * What a verified attestation says of a platform, in the words of Intel's two services: DCAP's TCB
 * status and the attestation service's (IAS) quote status. Every status that is not here is
 * rejected.
 */
public enum QuoteStatus {
  /** Nothing to object to. */
  UP_TO_DATE("UpToDate", "OK"),
  /** Software must work around a known weakness of the hardware. */
  SW_HARDENING_NEEDED("SWHardeningNeeded", "SW_HARDENING_NEEDED"),
  /** The platform is configured in a way that an advisory warns of. */
  CONFIGURATION_NEEDED("ConfigurationNeeded", "CONFIGURATION_NEEDED"),
  /** Both of these. */
  CONFIGURATION_AND_SW_HARDENING_NEEDED(
      "ConfigurationAndSWHardeningNeeded", "CONFIGURATION_AND_SW_HARDENING_NEEDED"),
  /** The platform lacks published updates. */
  OUT_OF_DATE("OutOfDate", "GROUP_OUT_OF_DATE"),
  /** It lacks updates and is configured in a way that an advisory warns of. */
  OUT_OF_DATE_CONFIGURATION_NEEDED("OutOfDateConfigurationNeeded", "");

  private final String dcapName;
  private final String iasName;

  QuoteStatus(String dcapName, String iasName) {
    this.dcapName = dcapName;
    this.iasName = iasName;
  }

  /** The status that DCAP collateral names so; none for {@code Revoked} and unknown names. */
  public static Optional<QuoteStatus> ofDcap(String name) {
    for (QuoteStatus status : values()) {
      if (status.dcapName.equals(name)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** The status that an IAS report names so; none for every name that means a reject. */
  public static Optional<QuoteStatus> ofIas(String name) {
    for (QuoteStatus status : values()) {
      if (!status.iasName.isEmpty() && status.iasName.equals(name)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
