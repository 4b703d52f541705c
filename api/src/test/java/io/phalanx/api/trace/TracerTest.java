package io.phalanx.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TracerTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

  private final List<Span> ended = new ArrayList<>();

  private Tracer tracer(int permille) {
    return new Tracer(ended::add, NOON, new SplittableRandom(1), permille);
  }

  @Nested
  class Request {
    @Test
    void isTracedAsOftenAsWanted() {
      Tracer tracer = tracer(100);
      int traced = 0;
      for (int i = 0; i < 10_000; i++) {
        traced += tracer.request(null) == null ? 0 : 1;
      }
      assertThat(traced).isBetween(800, 1_200);
    }

    @Test
    void isNeverTracedWhereTracingIsOff() {
      assertThat(Tracer.OFF.isOn()).isFalse();
      assertThat(Tracer.OFF.request("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
          .isNull();
    }

    @Test
    void keepsTheTraceAndNamesItsParent() {
      Tracer.Running running =
          Objects.requireNonNull(
              tracer(0).request("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
      running.end("x", Span.Kind.SERVER, Map.of("a", 1L), false);
      Span span = ended.get(0);
      assertThat(span.context().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(span.parentId()).isEqualTo("b7ad6b7169203331");
      assertThat(span.context().spanId()).isNotEqualTo(span.parentId()).hasSize(16);
      assertThat(span.startNanos()).isEqualTo(1_795_435_200_000_000_000L);
      assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
      assertThat(TraceContext.of(span.context().traceparent())).isEqualTo(span.context());
    }
  }
}
