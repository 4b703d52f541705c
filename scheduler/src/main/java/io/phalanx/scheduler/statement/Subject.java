package io.phalanx.scheduler.statement;

/** Whose statement it is, and what its lines are for. */
public enum Subject {
  /** What a developer paid, by deployment. */
  DEVELOPER("deploymentId"),
  /** What an operator's miners earned, by miner. */
  OPERATOR("minerId"),
  /** What a miner earned, by deployment. */
  MINER("deploymentId");

  private final String lineName;

  Subject(String lineName) {
    this.lineName = lineName;
  }

  /** The field that names a line. */
  public String lineName() {
    return lineName;
  }
}
