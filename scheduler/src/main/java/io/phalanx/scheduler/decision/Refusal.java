package io.phalanx.scheduler.decision;

/** Everything the writer can refuse a command for. Names are kept for ever: add, never rename. */
public enum Refusal {
  /** Nothing has that name, or it is not the caller's. */
  MINER_NOT_FOUND,
  /** Nothing has that name, or it is not the caller's. */
  DEPLOYMENT_NOT_FOUND,
  /** Nothing has that name. */
  ASSIGNMENT_NOT_FOUND,
  /** Nothing has that number. */
  SETTLEMENT_NOT_FOUND,
  /** A miner with that key exists. */
  MINER_IS_ALREADY_REGISTERED,
  /** Only a Stopped miner can start. */
  MINER_IS_NOT_STOPPED,
  /** It never started, so there is nothing to stop. */
  MINER_IS_STOPPED,
  /** The terms of a miner at work stand. */
  MINER_IS_ACTIVE,
  /** The miner's score is below what a start needs. */
  PERFORMANCE_IS_TOO_LOW,
  /** The miner's stake is below what its score needs. */
  STAKE_IS_TOO_LOW,
  /** The miner's initial value would be above the highest. */
  VALUE_IS_TOO_HIGH,
  /** The miner's evidence has expired. */
  EVIDENCE_HAS_EXPIRED,
  /** The available balance does not cover it. */
  BALANCE_IS_TOO_LOW,
  /** What has been spent cannot be taken out of the budget. */
  BUDGET_IS_BELOW_SPENT,
  /** The deployment is over. */
  DEPLOYMENT_HAS_ENDED,
  /** Somebody changed the deployment meanwhile. */
  DEPLOYMENT_HAS_CHANGED,
  /** Only a deployment that waits can change what it asks for. */
  DEPLOYMENT_IS_NOT_PENDING,
  /** The epoch is not the assignment's. */
  EPOCH_IS_STALE,
  /** The assignment is over. */
  ASSIGNMENT_HAS_ENDED,
  /** The assignment has not been acknowledged. */
  ASSIGNMENT_IS_NOT_RUNNING,
  /** Cumulative gas fell. */
  GAS_WENT_BACK,
  /** More gas than the machine can have done. */
  GAS_IS_OVER_THE_CAP,
  /** One key or reference for two different things. */
  KEY_WAS_USED_FOR_ANOTHER_REQUEST,
  /** Another acknowledgement stands. */
  SETTLEMENT_HAS_ANOTHER_REFERENCE,
  /** Somebody changed the policy meanwhile. */
  POLICY_HAS_CHANGED,
  /** A value breaks a rule that only the state can tell. */
  VALUE_IS_INVALID,
  /** No key that counts stands behind the caller. */
  CALLER_IS_UNKNOWN,
  /** Nobody of the caller's role may ask for this. */
  CALLER_MAY_NOT_DO_THIS,
  /** The signed request came before. */
  REQUEST_WAS_SEEN_BEFORE,
  /** The signature was made so long ago that its nonce is forgotten. */
  SIGNATURE_IS_TOO_OLD,
  /** Nothing has that id. */
  API_KEY_NOT_FOUND,
  /** An API key of that id exists. */
  API_KEY_EXISTS,
  /** A public key stands for one caller only. */
  PUBLIC_KEY_IS_IN_USE,
  /** Without an admin nobody could issue keys again. */
  LAST_ADMIN_KEY_STAYS,
  /** There are as many API keys as can be. */
  TOO_MANY_API_KEYS,
  /** The developer has as many deployments waiting as it may. */
  TOO_MANY_DEPLOYMENTS_WAIT,
  /** Nothing has that name, or it is not the caller's. */
  QUOTE_NOT_FOUND,
  /** It cannot be redeemed any more. */
  QUOTE_HAS_EXPIRED,
  /** A round is still to find a miner for it. */
  QUOTE_IS_NOT_READY,
  /** What became a deployment cannot be given back. */
  QUOTE_WAS_REDEEMED,
  /** The developer has as many quotes open as it may, or these hold as many miners. */
  TOO_MANY_QUOTES,
  /** A charge is taken back once. */
  CHARGE_IS_CORRECTED,
  /** What the treasury has does not cover it. */
  TREASURY_IS_TOO_LOW,
  /** The evidence proves nothing, or has been used. */
  EVIDENCE_IS_REJECTED,
  /** Policy or collateral changed while the evidence was verified. */
  EVIDENCE_WAS_JUDGED_BY_OTHER_RULES,
  /** As many miners of the platform take part as may. */
  PLATFORM_IS_TAKEN,
  /** Newer collateral of the family is published. */
  COLLATERAL_IS_OLDER,
  /** Another acknowledgement stands. */
  SETTLEMENT_HAS_OTHER_PAYOUTS
}
