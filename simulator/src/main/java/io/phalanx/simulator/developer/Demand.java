package io.phalanx.simulator.developer;

import io.phalanx.simulator.shape.DemandShape;
import io.phalanx.simulator.shape.DeploymentSpec;
import io.phalanx.simulator.stats.Count;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Hands contracts to developers in turn: a stream that never waits, or a list at once. */
public final class Demand {
  /** More unanswered calls than this, and arrivals are left out, and counted. */
  static final int UNANSWERED_LIMIT = 20_000;

  private final DeveloperContext context;
  private final List<DeveloperAgent> developers;
  private long number;
  private boolean stopped;

  public Demand(DeveloperContext context, List<DeveloperAgent> developers) {
    this.context = context;
    this.developers = List.copyOf(developers);
  }

  /** Posts every contract now. */
  public void post(List<DeploymentSpec> specs) {
    long now = context.nanos().getAsLong();
    specs.forEach(spec -> post(spec, now, true));
  }

  /**
   * Begins the stream.
   *
   * @param measuredFromNanos arrivals due earlier warm the service up, and are not measured
   */
  public void stream(DemandShape shape, long measuredFromNanos) {
    if (shape.perSecond() > 0) {
      SplittableRandom random = new SplittableRandom(shape.seed());
      double first = context.nanos().getAsLong() + shape.drawGapNanos(random);
      arrive(shape, random, first, measuredFromNanos);
    }
  }

  public void stop() {
    stopped = true;
    developers.forEach(DeveloperAgent::stop);
  }

  private void arrive(
      DemandShape shape, SplittableRandom random, double firstDue, long measuredFromNanos) {
    double due = firstDue;
    long now = context.nanos().getAsLong();
    while (!stopped && due <= now) {
      post(shape.draw(number, random), (long) due, due >= measuredFromNanos);
      due += shape.drawGapNanos(random);
    }
    if (!stopped) {
      double next = due;
      long ms = TimeUnit.NANOSECONDS.toMillis((long) due - now);
      context
          .vertx()
          .setTimer(Math.max(1, ms), id -> arrive(shape, random, next, measuredFromNanos));
    }
  }

  private void post(DeploymentSpec spec, long dueNanos, boolean measured) {
    number++;
    if (context.client().inFlight() > UNANSWERED_LIMIT) {
      context.statistics().count(Count.ARRIVALS_SHED);
      return;
    }
    int turn = (int) (number % developers.size());
    developers.get(turn).post(spec, number, dueNanos, measured);
  }
}
