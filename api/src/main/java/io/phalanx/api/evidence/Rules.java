package io.phalanx.api.evidence;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.TierTable;
import io.phalanx.scheduler.policy.AttestationRules;
import io.phalanx.scheduler.policy.Policy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what evidence is judged at one moment.
 *
 * @param policy the same in the words of the module that verifies
 * @param performanceCap the highest score that counts; none where scores may be believed
 */
record Rules(AttestationPolicy policy, @Nullable Integer performanceCap) {

  /**
   * Those of a policy.
   *
   * @param isOpen whether a miner's word is enough anyway
   */
  static Rules of(Policy policy, boolean isOpen) {
    AttestationRules rules = policy.attestation();
    AttestationPolicy judged =
        new AttestationPolicy(
            policy.version(),
            new TierTable(Set.copyOf(rules.allowedAdvisories())),
            Set.copyOf(rules.measurements()),
            rules.maximumAge(),
            rules.iasFreshness(),
            AttestationPolicy.DEFAULT.grace(), // decides no verdict
            new AttestationPolicy.Exceptions(
                rules.allowDebug(), rules.allowMissingCrls(), rules.allowServiceTd()));
    boolean believed = isOpen || !rules.measurements().isEmpty();
    return new Rules(judged, believed ? null : rules.unprovenPerformance());
  }
}
