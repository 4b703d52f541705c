package io.phalanx.scheduler.miner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a miner's attestation proved, under which policy and until when.
 *
 * @param tier confidence level, 1 (best) to 5
 * @param type how it was shown: {@code declared}, {@code ias} or {@code dcap}
 * @param policyVersion the version of the policy it was judged by
 * @param advisories the advisories it named
 * @param evaluatedAtMs when it was judged, Unix milliseconds
 * @param expiresAtMs from when on it counts as no tier, Unix milliseconds; none for a declared tier
 * @param evidenceHash SHA-256 of the evidence, hex; none for a declared tier
 */
public record Evidence(
    int tier,
    String type,
    long policyVersion,
    List<String> advisories,
    long evaluatedAtMs,
    @Nullable Long expiresAtMs,
    @Nullable String evidenceHash) {

  /** Refuses a tier outside 1..5. */
  public Evidence {
    if (tier < 1 || tier > 5) {
      throw new IllegalArgumentException("tier " + tier);
    }
    advisories = List.copyOf(advisories);
  }

  /** Whether it still counts at that time. */
  public boolean isValidAt(long atMs) {
    return expiresAtMs == null || atMs < expiresAtMs;
  }
}
