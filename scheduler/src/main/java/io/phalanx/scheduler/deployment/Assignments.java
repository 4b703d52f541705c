package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All assignments that live or ended lately. {@code apply} only writes and never refuses. */
public final class Assignments {

  private final Map<AssignmentId, Assignment> byId = new HashMap<>();
  private final Map<DeploymentId, SortedMap<Long, AssignmentId>> byDeployment = new HashMap<>();
  private final NavigableMap<Long, AssignmentId> endedAt = new TreeMap<>();
  private int leaving;

  /** Takes over assignments from a snapshot. */
  public void restore(List<Assignment> assignments) {
    assignments.forEach(this::put);
  }

  /** All assignments in the order in which they were made, for a snapshot. */
  public List<Assignment> image() {
    return copy().get();
  }

  /** The same as they are now, put in order when they are asked for. */
  public Supplier<List<Assignment>> copy() {
    List<Assignment> now = List.copyOf(byId.values());
    return () -> now.stream().sorted(Comparator.comparingLong(Assignment::epoch)).toList();
  }

  /** The assignment of that name. */
  public Optional<Assignment> find(AssignmentId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The assignment of that name, which the journal says exists. */
  public Assignment known(AssignmentId id) {
    Assignment assignment = byId.get(id);
    if (assignment == null) {
      throw new CorruptStateException("no assignment " + id);
    }
    return assignment;
  }

  /** All of them, in no order that means anything. */
  public Collection<Assignment> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** A deployment's assignments, oldest first. */
  public List<Assignment> of(DeploymentId id) {
    SortedMap<Long, AssignmentId> own = byDeployment.get(id);
    return own == null ? List.of() : own.values().stream().map(this::known).toList();
  }

  /** How many go on only until another has taken over. */
  public int leaving() {
    return leaving;
  }

  /** Ended assignments by the position of their end. */
  public NavigableMap<Long, AssignmentId> ended() {
    return Collections.unmodifiableNavigableMap(endedAt);
  }

  /** A new one, Offered. */
  public void apply(AssignmentOffered event, Moment moment) {
    if (byId.containsKey(event.assignmentId())) {
      throw new CorruptStateException(event, moment, "the assignment exists");
    }
    put(
        new Assignment(
            event.assignmentId(),
            moment.position(),
            event.deploymentId(),
            event.placement(),
            AssignmentState.OFFERED,
            moment.atMs(),
            event.acknowledgeByMs(),
            null,
            null,
            Meter.UNREAD,
            null,
            event.replaces()));
  }

  /** Offered → Running. */
  public Assignment apply(AssignmentAcknowledged event, Moment moment) {
    Assignment assignment = known(event.assignmentId());
    if (!assignment.state().canBecome(AssignmentState.RUNNING)) {
      throw new CorruptStateException(event, moment, "it is " + assignment.state());
    }
    return put(assignment.running(moment.atMs()));
  }

  /** Offered or Running → Ended. */
  public Assignment apply(AssignmentEnded event, Moment moment) {
    Assignment assignment = known(event.assignmentId());
    if (!assignment.state().canBecome(AssignmentState.ENDED)) {
      throw new CorruptStateException(event, moment, "it is " + assignment.state());
    }
    return put(
        assignment.ended(
            new Assignment.Ending(moment.position(), moment.atMs(), event.reason(), event.note())));
  }

  /** Running, and from now on only until another has taken over. */
  public Assignment apply(AssignmentBeganLeaving event, Moment moment) {
    Assignment assignment = known(event.assignmentId());
    if (assignment.state() != AssignmentState.RUNNING) {
      throw new CorruptStateException(event, moment, "it is " + assignment.state());
    }
    Leaving before = assignment.leaving();
    long sinceMs = before == null ? moment.atMs() : before.sinceMs();
    return put(assignment.with(new Leaving(event.reason(), sinceMs, event.byMs())));
  }

  /** Running, and for good again. */
  public Assignment apply(AssignmentStayed event, Moment moment) {
    Assignment assignment = known(event.assignmentId());
    if (!assignment.isLeaving()) {
      throw new CorruptStateException(event, moment, "it is not leaving");
    }
    return put(assignment.with((Leaving) null));
  }

  /** Gives one that leaves more time. */
  public void extendLeaving(AssignmentId id, long moreMs) {
    Assignment assignment = known(id);
    Leaving leaving = assignment.leaving();
    if (leaving != null) {
      put(assignment.with(leaving.laterBy(moreMs)));
    }
  }

  /** A reading was charged. */
  public Assignment apply(GasCharged event, Moment moment) {
    Assignment assignment = known(event.assignmentId());
    Meter before = assignment.meter();
    if (event.sequence() <= before.lastSequence() || event.gasUsed() < before.gasUsed()) {
      throw new CorruptStateException(event, moment, "the meter stands at " + before);
    }
    return put(
        assignment.with(
            new Meter(
                event.sequence(),
                event.gasUsed(),
                before.charged() + event.charged(),
                before.uncollected() + event.uncollected(),
                before.fee().plus(event.fee()),
                before.treasury().plus(event.treasury()),
                event.fee().plus(event.treasury()),
                event.charged() > 0 ? moment.position() : 0,
                event.last())));
  }

  /** Moves an acknowledgement's deadline. */
  public void extend(AssignmentId id, long acknowledgeByMs) {
    put(known(id).acknowledgeBy(acknowledgeByMs));
  }

  /** Forgets an assignment that is in the history. */
  public void forget(AssignmentId id) {
    Assignment assignment = known(id);
    byId.remove(id);
    Assignment.Ending ended = assignment.ended();
    if (ended != null) {
      endedAt.remove(ended.position());
    }
    SortedMap<Long, AssignmentId> own = byDeployment.get(assignment.deploymentId());
    if (own != null) {
      own.remove(assignment.epoch());
      if (own.isEmpty()) {
        byDeployment.remove(assignment.deploymentId());
      }
    }
  }

  private Assignment put(Assignment assignment) {
    Assignment before = byId.put(assignment.id(), assignment);
    leaving += (assignment.isLeaving() ? 1 : 0) - (before != null && before.isLeaving() ? 1 : 0);
    byDeployment
        .computeIfAbsent(assignment.deploymentId(), id -> new TreeMap<>())
        .put(assignment.epoch(), assignment.id());
    Assignment.Ending ended = assignment.ended();
    if (ended != null) {
      endedAt.put(ended.position(), assignment.id());
    }
    return assignment;
  }
}
