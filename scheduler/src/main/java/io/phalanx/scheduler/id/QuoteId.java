package io.phalanx.scheduler.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a quote; opaque to clients. */
public record QuoteId(@JsonValue String text) implements Comparable<QuoteId> {

  /** Takes the id as it is written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public QuoteId {}

  /** The id of the quote whose request stands at that journal position. */
  public static QuoteId at(long position) {
    return new QuoteId("q-" + Long.toString(position, 36));
  }

  /** The name under which it competes in rounds and holds miners; no deployment has such a one. */
  public DeploymentId holder() {
    return new DeploymentId(text);
  }

  @Override
  public int compareTo(QuoteId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
