package io.phalanx.scheduler.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * A duration as its author wrote it, so that an answer says {@code P30D} where the request did.
 *
 * @param text ISO 8601 without years or months
 */
public record IsoDuration(@JsonValue String text) {

  /** Refuses what is no ISO 8601 duration of days and smaller units. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IsoDuration {
    Duration.parse(text);
  }

  /** A duration in its shortest form. */
  public static IsoDuration of(Duration duration) {
    return new IsoDuration(duration.toString());
  }

  /** In milliseconds. */
  public long millis() {
    return Duration.parse(text).toMillis();
  }

  @Override
  public String toString() {
    return text;
  }
}
