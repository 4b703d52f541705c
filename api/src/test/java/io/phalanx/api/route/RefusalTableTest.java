package io.phalanx.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.problem.Problem;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTableTest {
  @ParameterizedTest
  @CsvSource({
    "MINER_NOT_FOUND, not-found, 404",
    "DEPLOYMENT_NOT_FOUND, not-found, 404",
    "ASSIGNMENT_NOT_FOUND, not-found, 404",
    "SETTLEMENT_NOT_FOUND, not-found, 404",
    "MINER_IS_ALREADY_REGISTERED, conflict, 409",
    "MINER_IS_NOT_STOPPED, conflict, 409",
    "MINER_IS_STOPPED, conflict, 409",
    "MINER_IS_ACTIVE, conflict, 409",
    "PERFORMANCE_IS_TOO_LOW, guard-failed, 422",
    "STAKE_IS_TOO_LOW, guard-failed, 422",
    "VALUE_IS_TOO_HIGH, guard-failed, 422",
    "EVIDENCE_HAS_EXPIRED, guard-failed, 422",
    "BALANCE_IS_TOO_LOW, insufficient-balance, 422",
    "BUDGET_IS_BELOW_SPENT, invalid, 422",
    "DEPLOYMENT_HAS_ENDED, conflict, 409",
    "DEPLOYMENT_HAS_CHANGED, conflict, 409",
    "DEPLOYMENT_IS_NOT_PENDING, conflict, 409",
    "EPOCH_IS_STALE, stale-epoch, 409",
    "ASSIGNMENT_HAS_ENDED, conflict, 409",
    "ASSIGNMENT_IS_NOT_RUNNING, conflict, 409",
    "GAS_WENT_BACK, invalid, 422",
    "GAS_IS_OVER_THE_CAP, invalid, 422",
    "KEY_WAS_USED_FOR_ANOTHER_REQUEST, key-reused, 422",
    "SETTLEMENT_HAS_ANOTHER_REFERENCE, conflict, 409",
    "POLICY_HAS_CHANGED, conflict, 412",
    "VALUE_IS_INVALID, invalid, 422"
  })
  void saysForEachRefusal(Refusal refusal, String name, int status) {
    Problem problem = RefusalTable.problem(Rejection.of(refusal, "Why."));
    assertThat(problem.kind().wireName()).isEqualTo(name);
    assertThat(problem.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoRefusalOut(Refusal refusal) {
    assertThat(RefusalTable.kind(refusal)).isNotNull();
  }

  @Test
  void carriesWhatAGuardNeedsAndWhichFieldIsWrong() {
    Problem guard =
        RefusalTable.problem(Rejection.guard(Refusal.STAKE_IS_TOO_LOW, "Low.", "5", "4"));
    assertThat(guard.members()).containsEntry("required", "5").containsEntry("actual", "4");
    Problem field =
        RefusalTable.problem(Rejection.field(Refusal.BUDGET_IS_BELOW_SPENT, "/budget", "Spent."));
    assertThat(field.faults()).hasSize(1);
    assertThat(field.faults().get(0).pointer()).isEqualTo("/budget");
  }
}
