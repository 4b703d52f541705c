package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deployment as the audit knows it. */
final class DeploymentFacts {

  /** One replica. */
  static final class SlotFacts {
    @Nullable AssignmentFacts live;
    boolean completed;
    long waitingSinceMs;

    SlotFacts(long waitingSinceMs) {
      this.waitingSinceMs = waitingSinceMs;
    }

    boolean lacks() {
      return live == null && !completed;
    }
  }

  final DeploymentId id;
  final String developer;
  final List<SlotFacts> slots = new ArrayList<>();
  final Map<MinerId, Long> excludedUntilMs = new HashMap<>();
  final List<AssignmentFacts> assignments = new ArrayList<>();
  DeploymentSpec spec;
  BigInteger spent = BigInteger.ZERO;
  BigInteger released = BigInteger.ZERO;
  boolean everPlaced;
  boolean ended;
  long changedAt;

  DeploymentFacts(DeploymentId id, String developer, DeploymentSpec spec, long atMs) {
    this.id = id;
    this.developer = developer;
    this.spec = spec;
    resize(atMs);
  }

  /** Gives it as many slots as it asks for replicas. */
  void resize(long atMs) {
    while (slots.size() > spec.replicas()) {
      slots.remove(slots.size() - 1);
    }
    while (slots.size() < spec.replicas()) {
      slots.add(new SlotFacts(atMs));
    }
  }

  /** How many replicas have a miner or are finished. */
  int covered() {
    int covered = 0;
    for (SlotFacts slot : slots) {
      covered += slot.lacks() ? 0 : 1;
    }
    return covered;
  }

  int liveOn(String operator) {
    int live = 0;
    for (SlotFacts slot : slots) {
      AssignmentFacts assignment = slot.live;
      live += assignment != null && assignment.placement.operator().equals(operator) ? 1 : 0;
    }
    return live;
  }

  boolean runsOn(MinerId miner) {
    for (SlotFacts slot : slots) {
      AssignmentFacts assignment = slot.live;
      if (assignment != null && assignment.miner.id.equals(miner)) {
        return true;
      }
    }
    return false;
  }

  /** From when the wait of what it lacks counts, Unix milliseconds. */
  long waitingSinceMs() {
    long since = Long.MAX_VALUE;
    for (SlotFacts slot : slots) {
      since = slot.lacks() ? Math.min(since, slot.waitingSinceMs) : since;
    }
    return since;
  }

  boolean lacks() {
    return !ended && slots.stream().anyMatch(SlotFacts::lacks);
  }

  BigInteger budget() {
    return spec.budget().pico();
  }

  @Override
  public String toString() {
    return "deployment " + id;
  }
}
