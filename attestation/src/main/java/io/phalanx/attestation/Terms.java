package io.phalanx.attestation;

import java.time.Instant;
import java.util.Optional;

/**
 * What evidence is judged by on one occasion.
 *
 * @param policy the rules
 * @param receivedAt when the evidence came; its age counts from here
 * @param at the time it is judged for, not before it came
 * @param binding what its report data must hold; none: anything
 */
public record Terms(
    AttestationPolicy policy, Instant receivedAt, Instant at, Optional<Binding> binding) {

  /** Refuses a judgement before the evidence came. */
  public Terms {
    if (at.isBefore(receivedAt)) {
      throw new IllegalArgumentException("evidence is judged before it came");
    }
  }

  /** For evidence that comes now, whoever hands it in. */
  public static Terms unbound(AttestationPolicy policy, Instant now) {
    return new Terms(policy, now, now, Optional.empty());
  }

  /** For evidence that comes now from a miner that must have made it for this occasion. */
  public static Terms registration(AttestationPolicy policy, Instant now, Binding binding) {
    return new Terms(policy, now, now, Optional.of(binding));
  }

  /** For the evidence of a registration that is judged again later. */
  public static Terms renewal(
      AttestationPolicy policy, Instant receivedAt, Instant now, Bytes minerKey) {
    return new Terms(policy, receivedAt, now, Optional.of(Binding.toKey(minerKey)));
  }
}
