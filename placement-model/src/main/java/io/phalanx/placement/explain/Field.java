package io.phalanx.placement.explain;

import io.phalanx.placement.Constraint;

/** What a developer can ask less of. The names are those of the deployment request. */
public enum Field {
  TIERS("tiers", Constraint.TIER),
  MIN_PERFORMANCE("minPerformance", Constraint.PERFORMANCE),
  MAX_GAS_PRICE("maxGasPrice", Constraint.GAS_PRICE),
  REGIONS("regions", Constraint.REGION),
  ALLOW_OPERATORS("allowOperators", Constraint.ALLOW_OPERATORS),
  DENY_OPERATORS("denyOperators", Constraint.DENY_OPERATORS),
  MAX_PER_OPERATOR("maxPerOperator", Constraint.MAX_PER_OPERATOR),
  MIN_REPLICAS("minReplicas", Constraint.MIN_REPLICAS);

  private final String wireName;
  private final Constraint constraint;

  Field(String wireName, Constraint constraint) {
    this.wireName = wireName;
    this.constraint = constraint;
  }

  public String wireName() {
    return wireName;
  }

  /** What a miner fails because of this field. */
  Constraint constraint() {
    return constraint;
  }

  /** One bit of its own, to tell sets of fields apart. */
  int bit() {
    return 1 << compareTo(TIERS);
  }
}
