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
    @Nullable AssignmentFacts leaving;
    boolean completed;
    long waitingSinceMs;

    SlotFacts(long waitingSinceMs) {
      this.waitingSinceMs = waitingSinceMs;
    }

    boolean lacks() {
      return live == null && !completed;
    }

    /** Whether a miner runs it, or it is finished. */
    boolean isCovered() {
      return live != null || leaving != null || completed;
    }

    boolean isOn(MinerId miner) {
      AssignmentFacts one = live;
      AssignmentFacts other = leaving;
      return (one != null && one.miner.id.equals(miner))
          || (other != null && other.miner.id.equals(miner));
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
      covered += slot.isCovered() ? 1 : 0;
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
    return slots.stream().anyMatch(slot -> slot.isOn(miner));
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
