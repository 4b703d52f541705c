package io.phalanx.api.route;

import static io.phalanx.api.problem.ProblemKind.CONFLICT;
import static io.phalanx.api.problem.ProblemKind.EVIDENCE_REJECTED;
import static io.phalanx.api.problem.ProblemKind.FORBIDDEN;
import static io.phalanx.api.problem.ProblemKind.GUARD_FAILED;
import static io.phalanx.api.problem.ProblemKind.INSUFFICIENT_BALANCE;
import static io.phalanx.api.problem.ProblemKind.INVALID;
import static io.phalanx.api.problem.ProblemKind.KEY_REUSED;
import static io.phalanx.api.problem.ProblemKind.NOT_FOUND;
import static io.phalanx.api.problem.ProblemKind.QUOTA_EXCEEDED;
import static io.phalanx.api.problem.ProblemKind.QUOTE_EXPIRED;
import static io.phalanx.api.problem.ProblemKind.REPLAYED;
import static io.phalanx.api.problem.ProblemKind.STALE_EPOCH;
import static io.phalanx.api.problem.ProblemKind.UNAUTHENTICATED;

import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import java.util.List;
import java.util.Map;

/** The one table from what the writer refuses to what HTTP says. */
final class RefusalTable {
  /** RFC 9110 §15.5.13: the state is not the one that {@code If-Match} named. */
  private static final int PRECONDITION_FAILED = 412;

  private RefusalTable() {}

  static ProblemKind kind(Refusal refusal) {
    return switch (refusal) { // no default: a new refusal does not compile until it is placed here
      case MINER_NOT_FOUND,
          DEPLOYMENT_NOT_FOUND,
          ASSIGNMENT_NOT_FOUND,
          SETTLEMENT_NOT_FOUND,
          API_KEY_NOT_FOUND,
          QUOTE_NOT_FOUND ->
          NOT_FOUND;
      case MINER_IS_ALREADY_REGISTERED,
          MINER_IS_NOT_STOPPED,
          MINER_IS_STOPPED,
          MINER_IS_ACTIVE,
          DEPLOYMENT_HAS_ENDED,
          DEPLOYMENT_HAS_CHANGED,
          DEPLOYMENT_IS_NOT_PENDING,
          ASSIGNMENT_HAS_ENDED,
          ASSIGNMENT_IS_NOT_RUNNING,
          SETTLEMENT_HAS_ANOTHER_REFERENCE,
          SETTLEMENT_HAS_OTHER_PAYOUTS,
          POLICY_HAS_CHANGED,
          API_KEY_EXISTS,
          CHARGE_IS_CORRECTED,
          PUBLIC_KEY_IS_IN_USE,
          EVIDENCE_WAS_JUDGED_BY_OTHER_RULES,
          COLLATERAL_IS_OLDER,
          LAST_ADMIN_KEY_STAYS,
          QUOTE_IS_NOT_READY,
          QUOTE_WAS_REDEEMED ->
          CONFLICT;
      case EVIDENCE_IS_REJECTED -> EVIDENCE_REJECTED;
      case PERFORMANCE_IS_TOO_LOW,
          STAKE_IS_TOO_LOW,
          VALUE_IS_TOO_HIGH,
          EVIDENCE_HAS_EXPIRED,
          TREASURY_IS_TOO_LOW,
          PLATFORM_IS_TAKEN ->
          GUARD_FAILED;
      case BALANCE_IS_TOO_LOW -> INSUFFICIENT_BALANCE;
      case BUDGET_IS_BELOW_SPENT, GAS_WENT_BACK, GAS_IS_OVER_THE_CAP, VALUE_IS_INVALID -> INVALID;
      case EPOCH_IS_STALE -> STALE_EPOCH;
      case KEY_WAS_USED_FOR_ANOTHER_REQUEST -> KEY_REUSED;
      case CALLER_IS_UNKNOWN, SIGNATURE_IS_TOO_OLD -> UNAUTHENTICATED;
      case CALLER_MAY_NOT_DO_THIS -> FORBIDDEN;
      case REQUEST_WAS_SEEN_BEFORE -> REPLAYED;
      case TOO_MANY_API_KEYS, TOO_MANY_DEPLOYMENTS_WAIT, TOO_MANY_QUOTES -> QUOTA_EXCEEDED;
      case QUOTE_HAS_EXPIRED -> QUOTE_EXPIRED;
    };
  }

  static Problem problem(Rejection rejection) {
    ProblemKind kind = kind(rejection.refusal());
    int status =
        rejection.refusal() == Refusal.POLICY_HAS_CHANGED ? PRECONDITION_FAILED : kind.status();
    String pointer = rejection.pointer();
    List<Fault> faults =
        pointer == null ? List.of() : List.of(Fault.body(pointer, rejection.detail()));
    Problem problem = new Problem(kind, status, rejection.detail(), faults, Map.of(), Map.of());
    if (rejection.required() != null) {
      problem = problem.with("required", rejection.required());
    }
    if (rejection.actual() == null) {
      return problem;
    }
    String member = kind == EVIDENCE_REJECTED ? "reason" : "actual";
    return problem.with(member, rejection.actual());
  }
}
