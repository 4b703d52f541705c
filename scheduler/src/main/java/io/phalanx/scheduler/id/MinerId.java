package io.phalanx.scheduler.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a miner: the lower-case hex of its Ed25519 public key, 64 characters. */
public record MinerId(@JsonValue String text) implements Comparable<MinerId> {

  /** Takes the id as it is written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MinerId {}

  @Override
  public int compareTo(MinerId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
