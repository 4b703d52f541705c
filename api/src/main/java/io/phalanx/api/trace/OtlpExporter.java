package io.phalanx.api.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON, in batches. What the collector does not
 * take is dropped and counted: traces never make the service wait.
 */
public final class OtlpExporter implements Consumer<Span>, AutoCloseable {
  private static final int QUEUED = 8_192;
  private static final int BATCH = 512;
  private static final long GATHER_MS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int FIRST_REFUSAL = 300;

  private final BlockingQueue<Span> queue = new ArrayBlockingQueue<>(QUEUED);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI collector;
  private final OtlpJson json;
  private final Counter exported;
  private final Counter dropped;
  private final Thread thread = new Thread(this::run, "phalanx-traces");
  private volatile boolean closing;

  /**
   * Begins to send.
   *
   * @param collector such as {@code http://127.0.0.1:4318/v1/traces}
   * @param nodeId says which node it was
   */
  public OtlpExporter(URI collector, String nodeId, MeterRegistry registry) {
    this.collector = collector;
    this.json = new OtlpJson(nodeId);
    this.exported = registry.counter("phalanx.traces.exported");
    this.dropped = registry.counter("phalanx.traces.dropped");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(Span span) {
    if (!queue.offer(span)) {
      dropped.increment();
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        List<Span> batch = gathered();
        if (!batch.isEmpty()) {
          (isTaken(batch) ? exported : dropped).increment(batch.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Span> gathered() throws InterruptedException {
    List<Span> batch = new ArrayList<>();
    @Nullable Span first = queue.poll(GATHER_MS, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch, BATCH - 1);
    }
    return batch;
  }

  private boolean isTaken(List<Span> batch) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(collector)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.request(batch)))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
          < FIRST_REFUSAL;
    } catch (IOException e) {
      return false; // counted by the caller
    }
  }

  /** Sends what is queued, if the collector takes it in time. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
