package io.phalanx.simulator.fake;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the fake service knows, and every fault of its clients. */
final class FakeState {
  final Map<String, FakeMiner> miners = new LinkedHashMap<>();
  final Map<String, FakeDeployment> deployments = new LinkedHashMap<>();
  final Map<String, FakeAssignment> assignments = new LinkedHashMap<>();
  final Map<String, BigInteger> deposits = new HashMap<>();
  final Map<String, BigInteger> accounts = new HashMap<>();
  final List<String> violations = new ArrayList<>();
  final Set<FakeMiner> idle = new LinkedHashSet<>();
  final Set<FakeDeployment> pending = new LinkedHashSet<>();
  final FakeEvents events = new FakeEvents();
  long position = 1;
  boolean restartedClients;
  int completed;
  String nextHeartbeatIn = "PT0.5S";

  void violation(String what) {
    if (violations.size() < 50) {
      violations.add(what);
    }
  }

  void check(boolean holds, String what) {
    if (!holds) {
      violation(what);
    }
  }

  /** Places whole deployments on any idle miners, in order, none before one that waits. */
  void place() {
    while (!pending.isEmpty()) {
      FakeDeployment deployment = pending.iterator().next();
      int lacking = deployment.body.getInteger("replicas") - deployment.assignments.size();
      if (lacking > idle.size()) {
        return;
      }
      pending.remove(deployment);
      for (int i = 0; i < lacking; i++) {
        assign(deployment, idle.iterator().next());
      }
      move(deployment, "Placed");
    }
  }

  void acknowledged(FakeAssignment assignment) {
    assignment.state = "Running";
    assignment.runningNanos = System.nanoTime();
    FakeDeployment deployment = assignment.deployment;
    if (deployment.assignments.stream().noneMatch(a -> a.state.equals("Offered"))) {
      move(deployment, "Running");
    }
  }

  void end(FakeAssignment assignment, boolean again) {
    assignment.state = "Ended";
    assignment.miner.assignment = null;
    if (assignment.miner.state.equals("Active")) {
      assignment.miner.state = "Idle";
      idle.add(assignment.miner);
    }
    events.emit("assignment", assignment.json());
    FakeDeployment deployment = assignment.deployment;
    if (again) {
      deployment.assignments.remove(assignment);
      pending.add(deployment);
    } else if (deployment.assignments.stream().allMatch(a -> a.state.equals("Ended"))) {
      endDeployment(deployment, "Completed");
    }
    place();
  }

  void endDeployment(FakeDeployment deployment, String reason) {
    if (deployment.state.equals("Ended")) {
      return;
    }
    deployment.endReason = reason;
    pending.remove(deployment);
    move(deployment, "Ended");
    for (FakeAssignment assignment : List.copyOf(deployment.assignments)) {
      if (!assignment.state.equals("Ended")) {
        end(assignment, false);
      }
    }
  }

  JsonObject read(JsonObject reading) {
    FakeAssignment assignment = assignments.get(reading.getString("assignmentId"));
    if (assignment == null || assignment.epoch != reading.getLong("epoch")) {
      return new JsonObject().put("problem", new JsonObject().put("type", "/problems/stale-epoch"));
    }
    long gas = reading.getLong("gasUsed");
    long sequence = reading.getLong("sequence");
    check(assignment.runningNanos > 0, "a reading before the acknowledgement");
    if (assignment.finalSeen && sequence > assignment.sequence) {
      check(restartedClients, "a reading after the last");
      return new JsonObject().put("problem", new JsonObject().put("type", "/problems/conflict"));
    }
    double seconds = (System.nanoTime() - assignment.runningNanos) / 1e9;
    double possible = assignment.miner.performance * 1_000 * seconds;
    check(gas <= possible, "more gas than possible: " + gas + " of " + possible);
    BigInteger charged = BigInteger.ZERO;
    if (sequence > assignment.sequence) {
      check(gas >= assignment.gasUsed, "cumulative gas fell");
      charged = BigInteger.valueOf(gas - assignment.gasUsed).multiply(assignment.gasPrice);
      assignment.sequence = sequence;
      assignment.gasUsed = gas;
      assignment.charged = assignment.charged.add(charged);
      assignment.finalSeen |= reading.getBoolean("final", false);
    }
    return new JsonObject()
        .put("charged", charged.toString())
        .put("exhausted", false)
        .put("receiptId", null);
  }

  JsonObject network() {
    JsonObject byState = new JsonObject();
    miners.values().forEach(m -> byState.put(m.state, byState.getInteger(m.state, 0) + 1));
    return new JsonObject().put("miners", byState).put("tiers", new JsonArray()).put("queue", 0);
  }

  private void assign(FakeDeployment deployment, FakeMiner miner) {
    FakeAssignment assignment = new FakeAssignment("a" + position, deployment, miner, ++position);
    assignments.put(assignment.id, assignment);
    deployment.assignments.add(assignment);
    miner.assignment = assignment;
    miner.state = "Active";
    idle.remove(miner);
    events.emit("assignment", assignment.json());
  }

  private void move(FakeDeployment deployment, String state) {
    if (!deployment.state.equals(state)) {
      deployment.state = state;
      events.emit("deployment", deployment.json());
    }
  }
}
