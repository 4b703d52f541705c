package io.phalanx.scheduler.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an assignment; opaque to clients. */
public record AssignmentId(@JsonValue String text) implements Comparable<AssignmentId> {

  /** Takes the id as it is written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AssignmentId {}

  /** The id of the assignment whose offer stands at that journal position. */
  public static AssignmentId at(long position) {
    return new AssignmentId("a-" + Long.toString(position, 36));
  }

  @Override
  public int compareTo(AssignmentId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
