package io.phalanx.attestation;

import static io.phalanx.attestation.RejectReason.DEBUG_IS_ENABLED;
import static io.phalanx.attestation.RejectReason.EVIDENCE_IS_TOO_OLD;
import static io.phalanx.attestation.RejectReason.MEASUREMENT_IS_NOT_ALLOWED;
import static io.phalanx.attestation.RejectReason.MINER_KEY_IS_NOT_BOUND;
import static io.phalanx.attestation.RejectReason.NONCE_IS_NOT_BOUND;

import java.time.DateTimeException;
import java.time.Instant;

/** What is asked of a program whatever kind of evidence speaks for it. */
public final class ProgramRules {
  private ProgramRules() {}

  /** Refuses what may not run, or did not speak for this miner on this occasion. */
  public static void require(Claims claims, Terms terms) throws RejectedException {
    AttestationPolicy policy = terms.policy();
    if (claims.isDebug() && !policy.exceptions().debug()) {
      throw new RejectedException(DEBUG_IS_ENABLED, "Its owner can look into it (debug).");
    }
    if (!policy.allows(claims.measurement())) {
      throw new RejectedException(
          MEASUREMENT_IS_NOT_ALLOWED,
          "Measurement " + claims.measurement().hex() + " is not on the policy's list.");
    }
    if (terms.binding().isPresent()) {
      requireBound(claims.reportData(), terms.binding().get());
    }
  }

  private static void requireBound(Bytes reportData, Binding binding) throws RejectedException {
    int half = Binding.LENGTH;
    if (!reportData.slice(0, half).equals(binding.minerKey())) {
      throw new RejectedException(
          MINER_KEY_IS_NOT_BOUND, "The report data does not begin with the miner's key.");
    }
    if (binding.nonce().isPresent()
        && !reportData.slice(half, 2 * half).equals(binding.nonce().get())) {
      throw new RejectedException(
          NONCE_IS_NOT_BOUND, "The report data does not end with the nonce.");
    }
  }

  /**
   * When evidence ends by the policy.
   *
   * @param from since when its age counts
   */
  public static Instant endOfAge(Instant from, Terms terms) throws RejectedException {
    Instant end = plus(from, terms);
    if (!terms.at().isBefore(end)) {
      throw new RejectedException(EVIDENCE_IS_TOO_OLD, "It counted until " + end + ".");
    }
    return end;
  }

  private static Instant plus(Instant from, Terms terms) {
    try {
      return from.plus(terms.policy().maximumAge());
    } catch (DateTimeException | ArithmeticException beyondAllTime) {
      return Instant.MAX;
    }
  }
}
