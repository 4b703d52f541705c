package io.phalanx.api.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that took time, once it is over.
 *
 * @param context which it is
 * @param parentId what it is a part of; none for the first of a trace
 * @param name what it was
 * @param kind how it stands to its parent
 * @param startNanos nanoseconds since the epoch
 * @param endNanos nanoseconds since the epoch
 * @param attributes strings and longs
 * @param hasFailed whether that is our fault
 */
public record Span(
    TraceContext context,
    @Nullable String parentId,
    String name,
    Kind kind,
    long startNanos,
    long endNanos,
    Map<String, Object> attributes,
    boolean hasFailed) {

  /** Copies the attributes. */
  public Span {
    attributes = Map.copyOf(attributes);
  }

  /** OpenTelemetry's kinds, as far as they occur here. */
  public enum Kind {
    /** Inside of one node. */
    INTERNAL(1),
    /** An answer to a request from outside. */
    SERVER(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
