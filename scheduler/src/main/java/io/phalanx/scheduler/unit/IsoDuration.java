package io.phalanx.scheduler.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A duration as its author wrote it, so that an answer says {@code P30D} where the request did.
 *
 * @param text ISO 8601 without years or months
 */
public record IsoDuration(@JsonValue String text) {

  /** Few are ever written, each very often; parsing is a regular expression and a half. */
  private static final Map<String, Duration> PARSED = new ConcurrentHashMap<>();

  private static final int MOST_PARSED = 1024;

  /** Refuses what is no ISO 8601 duration of days and smaller units. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IsoDuration {
    parsed(text);
  }

  private static Duration parsed(String text) {
    Duration known = PARSED.get(text);
    if (known != null) {
      return known;
    }
    Duration duration = Duration.parse(text);
    if (PARSED.size() < MOST_PARSED) {
      PARSED.put(text, duration);
    }
    return duration;
  }

  /** A duration in its shortest form. */
  public static IsoDuration of(Duration duration) {
    return new IsoDuration(duration.toString());
  }

  /** In milliseconds. */
  public long millis() {
    return parsed(text).toMillis();
  }

  @Override
  public String toString() {
    return text;
  }
}
