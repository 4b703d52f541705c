package io.phalanx.attestation;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * By what evidence is judged, as versioned data. Everything that is not allowed here is rejected.
 *
 * @param version of the policy; a verdict names it
 * @param tiers from status and advisories to tier
 * @param measurements lower-case hex of each MRENCLAVE and MRTD that may run; empty: any
 * @param maximumAge how long evidence counts after it came (DCAP) or was made (IAS)
 * @param iasFreshness how old an IAS report may be when it is handed in, that age left out
 * @param grace how long a running assignment may stay where the tier is no longer accepted
 * @param exceptions what is refused unless it is allowed
 */
public record AttestationPolicy(
    long version,
    TierTable tiers,
    Set<String> measurements,
    Duration maximumAge,
    Duration iasFreshness,
    Duration grace,
    Exceptions exceptions) {

  /**
   * What is refused unless it is allowed.
   *
   * @param debug enclaves and virtual machines that their owner can look into
   * @param missingCrls collateral that lacks a revocation list
   * @param serviceTd virtual machines with a service TD, which may read or move them
   */
  public record Exceptions(boolean debug, boolean missingCrls, boolean serviceTd) {
    /** Nothing is allowed. */
    public static final Exceptions NONE = new Exceptions(false, false, false);
  }

  /** 30 days, which is how long Intel's collateral lasts. */
  private static final Duration MONTH = Duration.ofDays(30);

  /** As on Phala's chain ({@code pallets/phala/src/utils/attestation.rs}): 7,200 s. */
  private static final Duration PHALA_FRESHNESS = Duration.ofHours(2);

  /** What a new network begins with. */
  public static final AttestationPolicy DEFAULT =
      new AttestationPolicy(
          1,
          TierTable.PHALA,
          Set.of(),
          MONTH,
          PHALA_FRESHNESS,
          Duration.ofHours(1),
          Exceptions.NONE);

  /** Refuses durations that are not positive and measurements that are none. */
  public AttestationPolicy {
    if (isNotPositive(maximumAge) || isNotPositive(iasFreshness) || grace.isNegative()) {
      throw new IllegalArgumentException("ages must be positive and the grace not negative");
    }
    TreeSet<String> known = new TreeSet<>();
    for (String measurement : measurements) {
      int length = Bytes.ofHex(measurement).map(Bytes::length).orElse(0);
      if (length != 32 && length != 48) {
        throw new IllegalArgumentException("no MRENCLAVE or MRTD: " + measurement);
      }
      known.add(measurement.toLowerCase(Locale.ROOT));
    }
    measurements = Set.copyOf(known);
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isNegative() || duration.isZero();
  }

  /** The same with other exceptions. */
  public AttestationPolicy withExceptions(Exceptions other) {
    return new AttestationPolicy(
        version, tiers, measurements, maximumAge, iasFreshness, grace, other);
  }

  /** The same with other measurements. */
  public AttestationPolicy withMeasurements(Set<String> other) {
    return new AttestationPolicy(
        version, tiers, other, maximumAge, iasFreshness, grace, exceptions);
  }

  /** Whether a program with that measurement may run. */
  public boolean allows(Bytes measurement) {
    return measurements.isEmpty() || measurements.contains(measurement.hex());
  }
}
