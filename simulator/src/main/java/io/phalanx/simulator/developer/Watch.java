package io.phalanx.simulator.developer;

import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a developer's deployments stand, and how long each took from accepted to placed. An event
 * may come before the answer that it is about; it is kept until then.
 */
final class Watch {
  /** Of events whose answer has not come so many are kept, the oldest go first. */
  static final int EARLY = 20_000;

  private final Statistics statistics;
  private final Map<String, Tracked> live = new HashMap<>();
  private final Map<String, Early> early =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Early> eldest) {
          return size() > EARLY;
        }
      };
  private final Map<String, Integer> byState = new HashMap<>();

  Watch(Statistics statistics) {
    this.statistics = statistics;
  }

  /**
   * A deployment was answered with 201.
   *
   * @param measured whether its latency counts
   */
  void accepted(DeploymentEvent answer, long nowNanos, boolean measured) {
    Tracked tracked = new Tracked(nowNanos, measured);
    live.put(answer.id(), tracked);
    move(null, tracked.state);
    Early before = early.remove(answer.id());
    if (before != null) {
      if (before.placed) {
        placed(tracked, Math.min(nowNanos, before.placedNanos));
      }
      update(before.last, tracked, nowNanos);
    } else {
      update(answer, tracked, nowNanos);
    }
  }

  void event(DeploymentEvent event, long nowNanos) {
    Tracked tracked = live.get(event.id());
    if (tracked == null) {
      Early before = early.computeIfAbsent(event.id(), id -> new Early(event));
      before.add(event, nowNanos);
    } else {
      update(event, tracked, nowNanos);
    }
  }

  /** The state in an answer, of interest only while the deployment is followed. */
  void listed(DeploymentEvent deployment, long nowNanos) {
    Tracked tracked = live.get(deployment.id());
    if (tracked != null) {
      update(deployment, tracked, nowNanos);
    }
  }

  /** Deployments whose newest known state is this. */
  int count(String state) {
    return byState.getOrDefault(state, 0);
  }

  private void update(DeploymentEvent event, Tracked tracked, long nowNanos) {
    if (event.hasBeenPlaced()) {
      placed(tracked, nowNanos);
    }
    if (event.state().equals("Running") && !tracked.ran) {
      tracked.ran = true;
      statistics.count(Count.DEPLOYMENTS_RUNNING);
    }
    if (event.ended()) {
      live.remove(event.id());
      move(tracked.state, null);
      statistics.deploymentEnded(event.endReason());
    } else if (!event.state().isEmpty()) {
      move(tracked.state, event.state());
      tracked.state = event.state();
    }
  }

  private void placed(Tracked tracked, long nowNanos) {
    if (tracked.placed) {
      return;
    }
    tracked.placed = true;
    statistics.count(Count.DEPLOYMENTS_PLACED);
    if (tracked.measured) {
      statistics.acceptedToPlaced(nowNanos - tracked.acceptedNanos);
    }
  }

  private void move(@Nullable String from, @Nullable String to) {
    if (from != null) {
      byState.merge(from, -1, Integer::sum);
    }
    if (to != null) {
      byState.merge(to, 1, Integer::sum);
    }
  }

  private static final class Tracked {
    private final long acceptedNanos;
    private final boolean measured;
    private String state = "Pending";
    private boolean placed;
    private boolean ran;

    Tracked(long acceptedNanos, boolean measured) {
      this.acceptedNanos = acceptedNanos;
      this.measured = measured;
    }
  }

  private static final class Early {
    private DeploymentEvent last;
    private boolean placed;
    private long placedNanos;

    Early(DeploymentEvent first) {
      this.last = first;
    }

    void add(DeploymentEvent event, long nowNanos) {
      last = event;
      if (event.hasBeenPlaced() && !placed) {
        placed = true;
        placedNanos = nowNanos;
      }
    }
  }
}
