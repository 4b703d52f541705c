package io.phalanx.attestation;

import java.util.Optional;

/**
 * What a verified attestation says of a platform, in the words of Intel's two services: DCAP's TCB
 * status and the attestation service's (IAS) quote status. Every status that is not here is
 * rejected.
 */
public enum QuoteStatus {
  /** Nothing to object to. */
  UP_TO_DATE("UpToDate", "OK", 0),
  /** Software must work around a known weakness of the hardware. */
  SW_HARDENING_NEEDED("SWHardeningNeeded", "SW_HARDENING_NEEDED", 1),
  /** The platform is configured in a way that an advisory warns of. */
  CONFIGURATION_NEEDED("ConfigurationNeeded", "CONFIGURATION_NEEDED", 2),
  /** Both of these. */
  CONFIGURATION_AND_SW_HARDENING_NEEDED(
      "ConfigurationAndSWHardeningNeeded", "CONFIGURATION_AND_SW_HARDENING_NEEDED", 3),
  /** The platform lacks published updates. */
  OUT_OF_DATE("OutOfDate", "GROUP_OUT_OF_DATE", 4),
  /** It lacks updates and is configured in a way that an advisory warns of. */
  OUT_OF_DATE_CONFIGURATION_NEEDED("OutOfDateConfigurationNeeded", "", 5);

  private final String dcapName;
  private final String iasName;
  private final int severity;

  QuoteStatus(String dcapName, String iasName, int severity) {
    this.dcapName = dcapName;
    this.iasName = iasName;
    this.severity = severity;
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

  /** The name in DCAP collateral. */
  public String dcapName() {
    return dcapName;
  }

  /** The name in IAS reports; empty where the service had none. */
  public String iasName() {
    return iasName;
  }

  /** The worse of both, in the order of dcap-qvl's {@code TcbStatus}. */
  public QuoteStatus worse(QuoteStatus other) {
    return other.severity > severity ? other : this;
  }
}
