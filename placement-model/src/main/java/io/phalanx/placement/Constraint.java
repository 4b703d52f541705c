package io.phalanx.placement;

/**
 * Every reason for which a miner cannot take a slot of a deployment. The order is that of the
 * explanation: first what the pair decides, then (from {@link #STOPPED} on) what the miner's own
 * standing decides.
 */
public enum Constraint {
  TIER("tier"),
  PERFORMANCE("performance"),
  GAS_PRICE("gasPrice"),
  REGION("region"),
  ALLOW_OPERATORS("allowOperators"),
  DENY_OPERATORS("denyOperators"),
  MAX_PER_OPERATOR("maxPerOperator"),
  EXCLUDED("excluded"),
  STOPPED("stopped"),
  COOLING_DOWN("coolingDown"),
  BUSY("busy"),
  RESERVED("reserved"),
  UNRESPONSIVE("unresponsive"),
  CORDONED("cordoned"),
  EVIDENCE("evidence"),
  /** Not of a miner: too few eligible ones at once. It counts 0 miners. */
  MIN_REPLICAS("minReplicas");

  private final String wireName;

  Constraint(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether the deployment's wishes decide it, and not only where the miner stands now. */
  public boolean isOfThePair() {
    return compareTo(STOPPED) < 0;
  }

  /** Whether it keeps a miner from taking anything at all for now. */
  public boolean isBlocker() {
    return !isOfThePair() && this != MIN_REPLICAS;
  }
}
