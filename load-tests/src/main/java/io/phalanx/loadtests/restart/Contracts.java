package io.phalanx.loadtests.restart;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundCourse;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The lives of contracts in a script: placed, acknowledged, metered, completed. */
final class Contracts {
  private static final long READING_EVERY_MS = 2_000;
  private static final GasPrice PRICE = GasPrice.of(600);

  private static final class Running {
    private final AssignmentId id;
    private final long epoch;
    private final Placement placement;
    private final long sinceMs;
    private final long endsMs;
    private long dueMs;
    private long sequence;
    private boolean ended;

    Running(AssignmentOffered offer, long epoch, long sinceMs, long workMs) {
      this.id = offer.assignmentId();
      this.epoch = epoch;
      this.placement = offer.placement();
      this.sinceMs = sinceMs;
      this.endsMs = sinceMs + workMs;
      this.dueMs = Math.min(endsMs, sinceMs + READING_EVERY_MS);
    }

    Reading reading(long nowMs, boolean last) {
      long gas = placement.performance() * (nowMs - sinceMs) * 9 / 10;
      return new Reading(id, epoch, ++sequence, gas, last);
    }
  }

  private record Wanted(DeploymentId id, int replicas) {}

  private final Consumer<Command> execute;
  private final SplittableRandom random;
  private final long workMs;
  private final Deque<MinerId> idle = new ArrayDeque<>();
  private final Deque<Wanted> waiting = new ArrayDeque<>();
  private final List<Running> offered = new ArrayList<>();
  private final Map<AssignmentId, MinerId> miners = new HashMap<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(Comparator.comparingLong(one -> one.dueMs));
  private DeploymentId newest = DeploymentId.at(1);

  Contracts(Consumer<Command> execute, SplittableRandom random, long workMs) {
    this.execute = execute;
    this.random = random;
    this.workMs = workMs;
  }

  void idle(MinerId miner) {
    idle.addLast(miner);
  }

  /** The deployment created last wants so many miners. */
  void wanted(int replicas) {
    waiting.addLast(new Wanted(newest, replicas));
  }

  /** Hears every event. */
  void take(Event event, long position, long nowMs) {
    if (event instanceof DeploymentCreated created) {
      newest = created.deploymentId();
    } else if (event instanceof AssignmentOffered offer) {
      long work = Math.max(500, (long) (-Math.log(1 - random.nextDouble()) * workMs));
      offered.add(new Running(offer, position, nowMs, work));
      miners.put(offer.assignmentId(), offer.placement().minerId());
    } else if (event instanceof AssignmentEnded ended) {
      MinerId miner = miners.remove(ended.assignmentId());
      if (miner != null) {
        idle.addLast(miner);
      }
    }
  }

  /** Acknowledges what was offered, reads meters, completes what is done, plans a round. */
  void step(long nowMs, long position) {
    List<Running> acknowledging = List.copyOf(offered);
    offered.clear();
    for (Running one : acknowledging) {
      execute.accept(new AcknowledgeAssignment(one.id, one.epoch));
      running.add(one);
    }
    work(nowMs);
    round(position);
  }

  private void work(long nowMs) {
    List<Reading> readings = new ArrayList<>();
    while (!running.isEmpty() && running.peek().dueMs <= nowMs) {
      Running one = running.remove();
      if (one.ended) {
        readings.add(one.reading(one.endsMs, true));
      } else if (nowMs >= one.endsMs) {
        execute.accept(new CompleteAssignment(one.id, one.epoch, null));
        one.ended = true;
        one.dueMs = nowMs + 1;
        running.add(one);
      } else {
        readings.add(one.reading(nowMs, false));
        one.dueMs = Math.min(one.endsMs, nowMs + READING_EVERY_MS);
        running.add(one);
      }
    }
    if (!readings.isEmpty()) {
      execute.accept(new ReportGas(readings));
    }
  }

  private void round(long position) {
    List<PlannedLine> lines = new ArrayList<>();
    int deployments = 0;
    while (!waiting.isEmpty() && waiting.getFirst().replicas() <= idle.size()) {
      Wanted next = waiting.removeFirst();
      deployments++;
      for (int replica = 0; replica < next.replicas(); replica++) {
        lines.add(new PlannedLine(next.id(), idle.removeFirst(), PRICE));
      }
    }
    if (!lines.isEmpty()) {
      execute.accept(new CommitRound(new RoundPlan(record(position, deployments, lines), lines)));
    }
  }

  private RoundRecord record(long position, int deployments, List<PlannedLine> lines) {
    int miners = lines.size() + idle.size();
    long value = 1_000_000L * lines.size();
    return new RoundRecord(
        0,
        position,
        miners,
        deployments,
        lines.size(),
        0,
        value,
        value,
        0,
        0,
        0,
        "restart-benchmark",
        1_000,
        new RoundCourse(0, 0, 0, false),
        List.of());
  }
}
