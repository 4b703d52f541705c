package io.phalanx.api.read;

import java.util.Arrays;
import java.util.Optional;

/** What a stream tells of. */
public enum StreamKind {
  /** A deployment, without its assignments. */
  DEPLOYMENT("deployment"),
  /** An assignment. */
  ASSIGNMENT("assignment"),
  /** A miner. */
  MINER("miner"),
  /** A settlement. */
  SETTLEMENT("settlement"),
  /** A round. */
  ROUND("round");

  private final String event;

  StreamKind(String event) {
    this.event = event;
  }

  /** Its name on the wire. */
  public String event() {
    return event;
  }

  /** The kind of that name. */
  public static Optional<StreamKind> named(String event) {
    return Arrays.stream(values()).filter(kind -> kind.event.equals(event)).findFirst();
  }
}
