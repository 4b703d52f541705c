package io.phalanx.api.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.phalanx.api.trace.OtlpExporter;
import io.phalanx.api.trace.Tracer;
import io.phalanx.api.trace.WriteTraces;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.scheduler.engine.Engine;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a node traces, and where that goes.
 *
 * @param tracer of requests
 * @param writes of what is decided here
 * @param exporter to the collector, if one is set
 */
record NodeTraces(Tracer tracer, WriteTraces writes, Optional<OtlpExporter> exporter)
    implements AutoCloseable {

  static NodeTraces of(
      NodeConfig config,
      NodeRunner.Surroundings surroundings,
      MeterRegistry registry,
      Engine engine) {
    Optional<OtlpExporter> exporter =
        config
            .tracing()
            .collector()
            .map(collector -> new OtlpExporter(collector, config.nodeId(), registry));
    Tracer tracer =
        exporter
            .map(
                sink ->
                    new Tracer(
                        sink,
                        surroundings.clock(),
                        new SplittableRandom(surroundings.random().nextLong()),
                        config.tracing().permille()))
            .orElse(Tracer.OFF);
    WriteTraces writes = new WriteTraces(tracer);
    if (tracer.isOn()) {
      engine.replica().onCommitted(writes::committed);
    }
    return new NodeTraces(tracer, writes, exporter);
  }

  @Override
  public void close() {
    exporter.ifPresent(OtlpExporter::close);
  }
}
