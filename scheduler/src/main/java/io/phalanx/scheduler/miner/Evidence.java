package io.phalanx.scheduler.miner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a miner's attestation proved, under which policy and until when.
 *
 * @param tier confidence level, 1 (best) to 5; of what has lapsed, the last one
 * @param type how it was shown: {@code declared}, {@code ias} or {@code dcap}
 * @param policyVersion the version of the policy it was judged by
 * @param advisories the advisories it named
 * @param evaluatedAtMs when it was judged, Unix milliseconds
 * @param expiresAtMs from when on it counts as no tier, Unix milliseconds; none for a declared tier
 * @param evidenceHash SHA-256 of the evidence, hex; none for a declared tier
 * @param proven what was proven beside the tier; none for a declared tier, and where a journal from
 *     before it was kept has it
 * @param lapse why it counts as no tier whatever its end is: {@link #EXPIRED}, or the reason for
 *     which it was rejected when it was judged again; none while it counts
 */
public record Evidence(
    int tier,
    String type,
    long policyVersion,
    List<String> advisories,
    long evaluatedAtMs,
    @Nullable Long expiresAtMs,
    @Nullable String evidenceHash,
    @Nullable Proven proven,
    @Nullable String lapse) {

  /** The type of a tier that a miner of the open mode claims. */
  public static final String DECLARED = "declared";

  /** The lapse of evidence whose end has come. */
  public static final String EXPIRED = "EXPIRED";

  /** Refuses a tier outside 1..5. */
  public Evidence {
    if (tier < 1 || tier > 5) {
      throw new IllegalArgumentException("tier " + tier);
    }
    advisories = List.copyOf(advisories);
  }

  /** Evidence that counts, of a machine of which nothing else is known. */
  @SuppressWarnings("checkstyle:ParameterNumber") // the record's own components but for two
  public Evidence(
      int tier,
      String type,
      long policyVersion,
      List<String> advisories,
      long evaluatedAtMs,
      @Nullable Long expiresAtMs,
      @Nullable String evidenceHash) {
    this(
        tier,
        type,
        policyVersion,
        advisories,
        evaluatedAtMs,
        expiresAtMs,
        evidenceHash,
        null,
        null);
  }

  /** Whether it still counts at that time. */
  public boolean isValidAt(long atMs) {
    return lapse == null && (expiresAtMs == null || atMs < expiresAtMs);
  }

  /** The tier as far as it has not lapsed. */
  public @Nullable Integer standingTier() {
    return lapse == null ? tier : null;
  }

  /** The same once its end has come. */
  public Evidence expired() {
    return new Evidence(
        tier,
        type,
        policyVersion,
        advisories,
        evaluatedAtMs,
        expiresAtMs,
        evidenceHash,
        proven,
        EXPIRED);
  }

  /** As much of a score as may count. */
  public int capped(int performance) {
    Integer cap = proven == null ? null : proven.performanceCap();
    return cap == null ? performance : Math.min(performance, cap);
  }
}
