package io.phalanx.placement.explain;

/** Where a deployment stands, in one word. */
public enum Verdict {
  PLACED("placed"),
  /** The next round can. */
  PLACEABLE("placeable"),
  /** Eligible miners exist, all busy or taken by who is worth more. */
  WAITING("waiting"),
  /** Not even with every registered miner Idle and responsive and the queue empty. */
  NEVER("never");

  private final String wireName;

  Verdict(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
