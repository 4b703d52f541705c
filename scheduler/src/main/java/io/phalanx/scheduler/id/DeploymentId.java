package io.phalanx.scheduler.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a deployment; opaque to clients. */
public record DeploymentId(@JsonValue String text) implements Comparable<DeploymentId> {

  /** Takes the id as it is written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DeploymentId {}

  /** The id of the deployment whose creation stands at that journal position. */
  public static DeploymentId at(long position) {
    return new DeploymentId("d-" + Long.toString(position, 36));
  }

  @Override
  public int compareTo(DeploymentId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
