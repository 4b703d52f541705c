package io.phalanx.api.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.phalanx.api.evidence.EvidenceMeter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of verification as metrics; verdicts are few, and no tenant's name is among them. */
final class EvidenceMeters implements EvidenceMeter {
  private final MeterRegistry registry;
  private final AtomicInteger awaiting = new AtomicInteger();

  EvidenceMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("phalanx.evidence.awaiting", awaiting, AtomicInteger::doubleValue)
        .register(registry);
  }

  @Override
  public void verified(Occasion occasion, String verdict, long nanos) {
    Timer.builder("phalanx.evidence.verified")
        .description("Verifying evidence of a tier")
        .tag("occasion", occasion.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .tag("verdict", verdict)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void awaitingReview(int count) {
    awaiting.set(count);
  }

  @Override
  public void published(String verdict) {
    registry.counter("phalanx.collateral.published", "verdict", verdict).increment();
  }
}
