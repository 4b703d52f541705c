package io.phalanx.api.trace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what is traced, and makes spans of it. May be used by several threads at once. */
public final class Tracer {
  /** Traces nothing. */
  public static final Tracer OFF = new Tracer(span -> {}, InstantSource.system(), null, 0);

  private static final int ALL = 1000;
  private static final long NANOS = 1_000_000_000;
  private static final HexFormat HEX = HexFormat.of();

  private final Consumer<Span> sink;
  private final InstantSource clock;
  private final @Nullable RandomGenerator random;
  private final int permille;

  /**
   * A tracer.
   *
   * @param sink takes what has ended; must be quick and never throw
   * @param random draws ids; none traces nothing
   * @param permille of requests that come without a trace of their own
   */
  public Tracer(
      Consumer<Span> sink, InstantSource clock, @Nullable RandomGenerator random, int permille) {
    this.sink = sink;
    this.clock = clock;
    this.random = random;
    this.permille = permille;
  }

  /** Whether anything is traced. */
  public boolean isOn() {
    return random != null;
  }

  /** Begins a request; null when it is not traced. */
  public @Nullable Running request(@Nullable String traceparent) {
    RandomGenerator source = random;
    if (source == null) {
      return null;
    }
    if (traceparent == null) {
      synchronized (source) {
        return source.nextInt(ALL) < permille
            ? new Running(new TraceContext(id(source) + id(source), id(source), true), null)
            : null;
      }
    }
    return part(traceparent);
  }

  /** Begins a part of what that header names; null when it is not traced. */
  public @Nullable Running part(@Nullable String traceparent) {
    RandomGenerator source = random;
    if (source == null || traceparent == null) {
      return null;
    }
    TraceContext parent = TraceContext.of(traceparent);
    return parent.isSampled() ? part(source, parent) : null;
  }

  private Running part(RandomGenerator source, TraceContext parent) {
    synchronized (source) {
      return new Running(parent.child(id(source)), parent.spanId());
    }
  }

  private static String id(RandomGenerator source) {
    long bits = source.nextLong();
    return HEX.toHexDigits(bits == 0 ? 1 : bits);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * NANOS + at.getNano();
  }

  /** Something that is traced and not over. */
  public final class Running {
    private final TraceContext context;
    private final @Nullable String parentId;
    private final long startNanos = nanos(clock.instant());
    private final long began = System.nanoTime();

    private Running(TraceContext context, @Nullable String parentId) {
      this.context = context;
      this.parentId = parentId;
    }

    /** What its parts are told. */
    public String traceparent() {
      return context.traceparent();
    }

    /** The trace that it is part of. */
    public String traceId() {
      return context.traceId();
    }

    /** Ends it now. */
    public void end(String name, Span.Kind kind, Map<String, Object> attributes, boolean failed) {
      long end = startNanos + System.nanoTime() - began;
      sink.accept(new Span(context, parentId, name, kind, startNanos, end, attributes, failed));
    }

    /** Tells of a part that took so long and is over now. */
    void endedPart(String name, long tookNanos, Map<String, Object> attributes) {
      RandomGenerator source = random;
      if (source != null) {
        Running part = part(source, context);
        long end = startNanos + System.nanoTime() - began;
        sink.accept(
            new Span(
                part.context,
                part.parentId,
                name,
                Span.Kind.INTERNAL,
                end - tookNanos,
                end,
                attributes,
                false));
      }
    }
  }
}
