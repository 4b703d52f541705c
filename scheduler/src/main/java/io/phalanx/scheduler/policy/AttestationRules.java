package io.phalanx.scheduler.policy;

import java.time.Duration;
import java.util.List;

/**
 * By what evidence is judged. What is not allowed here is rejected.
 *
 * @param allowedAdvisories advisories that leave a Configuration status in tier 3 (P)
 * @param measurements lower-case hex of each MRENCLAVE and MRTD that may run; empty: any
 * @param maximumAge how long evidence counts after it came (DCAP) or was made (IAS)
 * @param iasFreshness how old an IAS report may be when it is handed in (P)
 * @param allowDebug whether what its owner can look into is accepted
 * @param allowMissingCrls whether collateral that lacks a revocation list is accepted
 * @param allowServiceTd whether a bound service TD is accepted
 * @param nonceAge how old a nonce may be when evidence with it comes; at most an hour
 * @param minersPerPlatform how many miners of one platform take part at a time
 * @param unprovenPerformance the highest score that counts outside open mode while no list says
 *     which programs may be believed
 * @param reviewEvery how often evidence is judged again though nothing changed
 * @param reviewsPerSecond how many pieces of evidence are judged again in a second at most
 */
public record AttestationRules(
    List<String> allowedAdvisories,
    List<String> measurements,
    Duration maximumAge,
    Duration iasFreshness,
    boolean allowDebug,
    boolean allowMissingCrls,
    boolean allowServiceTd,
    Duration nonceAge,
    int minersPerPlatform,
    int unprovenPerformance,
    Duration reviewEvery,
    int reviewsPerSecond) {

  /** The figures of a new network. */
  public static final AttestationRules DEFAULT =
      new AttestationRules(
          List.of("INTEL-SA-00219", "INTEL-SA-00334", "INTEL-SA-00381", "INTEL-SA-00389"),
          List.of(),
          Duration.ofDays(30),
          Duration.ofHours(2),
          false,
          false,
          false,
          Duration.ofMinutes(10),
          1,
          50,
          Duration.ofHours(24),
          200);

  /** Copies the lists. */
  public AttestationRules {
    allowedAdvisories = List.copyOf(allowedAdvisories);
    measurements = List.copyOf(measurements);
  }

  /** Whether every piece of evidence gets the same verdict by both. */
  public boolean judgesLike(AttestationRules other) {
    return allowedAdvisories.equals(other.allowedAdvisories)
        && measurements.equals(other.measurements)
        && maximumAge.equals(other.maximumAge)
        && iasFreshness.equals(other.iasFreshness)
        && allowDebug == other.allowDebug
        && allowMissingCrls == other.allowMissingCrls
        && allowServiceTd == other.allowServiceTd
        && unprovenPerformance == other.unprovenPerformance;
  }
}
