package io.phalanx.api.route;

import io.phalanx.api.problem.Fault;
import io.phalanx.scheduler.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** How figures of a policy must fit each other; what each may be by itself is in the contract. */
final class PolicyRules {
  private PolicyRules() {}

  static List<Fault> faults(Policy policy) {
    List<Fault> faults = new ArrayList<>();
    long heartbeatMs = policy.miners().nextHeartbeatIn().toMillis();
    if (2 * heartbeatMs >= policy.assignments().acknowledgement().toMillis()) {
      faults.add(
          Fault.body(
              "/miners/nextHeartbeatIn", "must be under half of /assignments/acknowledgement"));
    }
    if (heartbeatMs >= policy.miners().heartbeatWindow().toMillis()) {
      faults.add(Fault.body("/miners/heartbeatWindow", "must be longer than nextHeartbeatIn"));
    }
    if (policy.gas().settlementPeriod().toMillis() < 1_000) {
      faults.add(Fault.body("/gas/settlementPeriod", "must be at least PT1S"));
    }
    return faults;
  }
}
