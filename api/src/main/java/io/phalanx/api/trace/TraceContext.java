package io.phalanx.api.trace;

/**
 * A place in a trace, as the header {@code traceparent} of W3C Trace Context says it.
 *
 * @param traceId 32 digits of lower-case hex, not all zero
 * @param spanId 16 digits of lower-case hex, not all zero
 * @param isSampled whether whoever began the trace wants it recorded
 */
public record TraceContext(String traceId, String spanId, boolean isSampled) {
  private static final int TRACE_FROM = 3;
  private static final int TRACE_TO = 35;
  private static final int SPAN_FROM = 36;
  private static final int SPAN_TO = 52;
  private static final int FLAGS_FROM = 53;
  private static final int SAMPLED = 1;
  private static final int HEX = 16;

  /** Reads a header that is known to be well-formed. */
  public static TraceContext of(String traceparent) {
    int flags = Integer.parseInt(traceparent, FLAGS_FROM, FLAGS_FROM + 2, HEX);
    return new TraceContext(
        traceparent.substring(TRACE_FROM, TRACE_TO),
        traceparent.substring(SPAN_FROM, SPAN_TO),
        (flags & SAMPLED) != 0);
  }

  /** The header. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
  }

  /** Another place in the same trace. */
  TraceContext child(String childId) {
    return new TraceContext(traceId, childId, isSampled);
  }
}
