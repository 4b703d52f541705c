package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All deployments that live or ended lately. {@code apply} only writes and never refuses. */
public final class Deployments {

  private final Map<DeploymentId, Deployment> byId = new HashMap<>();
  private final NavigableMap<Long, DeploymentId> byPosition = new TreeMap<>();
  private final Map<String, NavigableMap<Long, DeploymentId>> byDeveloper = new HashMap<>();
  private final NavigableMap<Long, DeploymentId> lacking = new TreeMap<>();
  private final NavigableMap<Long, DeploymentId> endedAt = new TreeMap<>();
  private final Map<String, Integer> pending = new HashMap<>();

  /** Takes over deployments from a snapshot. */
  public void restore(List<Deployment> deployments) {
    deployments.forEach(deployment -> put(deployment, null));
  }

  /** All deployments in the order of creation, for a snapshot. */
  public List<Deployment> image() {
    return byPosition.values().stream().map(this::known).toList();
  }

  /** The deployment of that name. */
  public Optional<Deployment> find(DeploymentId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The deployment of that name, which the journal says exists. */
  public Deployment known(DeploymentId id) {
    Deployment deployment = byId.get(id);
    if (deployment == null) {
      throw new CorruptStateException("no deployment " + id);
    }
    return deployment;
  }

  /** All deployments, in no order that means anything. */
  public Collection<Deployment> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Ids by the position of their creation. */
  public NavigableMap<Long, DeploymentId> inOrder() {
    return Collections.unmodifiableNavigableMap(byPosition);
  }

  /** A developer's deployments by the position of their creation. */
  public NavigableMap<Long, DeploymentId> of(String developer) {
    NavigableMap<Long, DeploymentId> own = byDeveloper.get(developer);
    return own == null
        ? Collections.emptyNavigableMap()
        : Collections.unmodifiableNavigableMap(own);
  }

  /** How many deployments of a developer are Pending. */
  public int pendingOf(String developer) {
    return pending.getOrDefault(developer, 0);
  }

  /** Deployments that lack a miner, by the position of their creation. */
  public NavigableMap<Long, DeploymentId> lacking() {
    return Collections.unmodifiableNavigableMap(lacking);
  }

  /** Ended deployments by the position of their end. */
  public NavigableMap<Long, DeploymentId> ended() {
    return Collections.unmodifiableNavigableMap(endedAt);
  }

  /** A new one. */
  public void apply(DeploymentCreated event, Moment moment) {
    if (byId.containsKey(event.deploymentId())) {
      throw new CorruptStateException(event, moment, "the deployment exists");
    }
    put(Deployment.created(event, moment), null);
  }

  /** A changed one. */
  public void apply(DeploymentChanged event, Moment moment) {
    Deployment before = known(event.deploymentId());
    Deployment after =
        before
            .with(event.spec())
            .with(before.funds().rebudgeted(before.spec().budget(), event.spec().budget()))
            .with(slotsAfter(before, event, moment));
    settle(before, latchedRunning(after, moment)); // fewer minReplicas may be met already
  }

  private static List<Slot> slotsAfter(Deployment before, DeploymentChanged event, Moment moment) {
    int replicas = event.spec().replicas();
    List<Slot> slots = new ArrayList<>(replicas);
    for (int i = 0; i < replicas; i++) {
      Slot slot = i < before.slots().size() ? before.slots().get(i) : Slot.waiting(moment.atMs());
      slots.add(event.waitsAnew() && slot.isLacking() ? slot.lost(moment.atMs()) : slot);
    }
    return slots;
  }

  /** It is over. */
  public void apply(DeploymentEnded event, Moment moment) {
    Deployment before = known(event.deploymentId());
    if (before.isEnded() || before.live() > 0) {
      throw new CorruptStateException(event, moment, "it cannot end now");
    }
    Progress.Ending ending = new Progress.Ending(moment.position(), moment.atMs(), event.reason());
    put(
        before
            .with(DeploymentState.ENDED)
            .with(before.progress().ended(ending))
            .with(before.funds().released(event.released())),
        before);
  }

  /** What was kept is given back. */
  public void apply(RetentionReleased event, Moment moment) {
    Deployment before = known(event.deploymentId());
    put(before.with(before.funds().released(event.released())), before);
  }

  /** Gas was charged. */
  public void apply(GasCharged event, DeploymentId id) {
    Deployment before = known(id);
    put(before.charged(event.fee().plus(event.treasury())), before);
  }

  /** A charge was taken back; of one that is in the history only accounts tell. */
  public void refund(DeploymentId id, Amount charge) {
    find(id).ifPresent(before -> put(before.refunded(charge), before));
  }

  /** A slot has a miner. */
  public void fill(AssignmentOffered event) {
    Deployment before = known(event.deploymentId());
    int replica = event.placement().replica();
    Slot slot = before.slots().get(replica);
    if (!slot.isLacking() || !Objects.equals(slot.leaving(), event.replaces())) {
      throw new CorruptStateException(before.id() + " has a miner for replica " + replica);
    }
    settle(before, before.with(replace(before, replica, slot.offered(event.assignmentId()))));
  }

  /** A slot's miner has acknowledged. */
  public void run(Assignment assignment, Moment moment) {
    Deployment before = known(assignment.deploymentId());
    int replica = assignment.placement().replica();
    Slot slot = before.slots().get(replica).run(assignment.id());
    settle(before, latchedRunning(before.with(replace(before, replica, slot)), moment));
  }

  /** A slot's running assignment leaves: another miner is looked for. */
  public void leave(Assignment leaving, long waitingSinceMs) {
    Deployment before = known(leaving.deploymentId());
    int replica = leaving.placement().replica();
    Slot slot = before.slots().get(replica);
    if (leaving.id().equals(slot.leaving())) {
      return; // only its reason or its end has changed
    }
    if (!leaving.id().equals(slot.assignmentId()) || !slot.running()) {
      throw new CorruptStateException(leaving.id() + " does not run replica " + replica);
    }
    settle(before, before.with(replace(before, replica, Slot.left(leaving.id(), waitingSinceMs))));
  }

  /** What was to leave a slot stays, before another miner was found. */
  public void stay(Assignment staying) {
    Deployment before = known(staying.deploymentId());
    int replica = staying.placement().replica();
    Slot slot = before.slots().get(replica);
    if (!staying.id().equals(slot.leaving()) || slot.assignmentId() != null) {
      throw new CorruptStateException(staying.id() + " cannot stay in replica " + replica);
    }
    settle(before, before.with(replace(before, replica, Slot.running(staying.id()))));
  }

  private static Deployment latchedRunning(Deployment after, Moment moment) {
    boolean first = after.progress().runningAtMs() == null && after.isServing();
    return first ? after.with(after.progress().running(moment.atMs())) : after;
  }

  /** A slot has lost its miner, or is finished. */
  public void vacate(Assignment ended, Vacancy vacancy, Moment moment) {
    Deployment before = known(ended.deploymentId());
    int replica = ended.placement().replica();
    Slot slot = vacated(before.slots().get(replica), ended, vacancy);
    Deployment after = before.with(replace(before, replica, slot));
    if (vacancy.excludedUntilMs() > 0) {
      TreeMap<MinerId, Long> exclusions = new TreeMap<>(before.exclusions());
      exclusions.values().removeIf(until -> until <= moment.atMs());
      exclusions.put(ended.minerId(), vacancy.excludedUntilMs());
      after = after.with((SortedMap<MinerId, Long>) exclusions);
    }
    if (vacancy.failure() != Vacancy.Failure.NONE) {
      boolean inARow = vacancy.failure() == Vacancy.Failure.IN_A_ROW;
      String operator = ended.placement().operator();
      after = after.with(after.progress().failed(inARow, operator, moment.atMs()));
    }
    settle(before, after);
  }

  private static Slot vacated(Slot before, Assignment ended, Vacancy vacancy) {
    if (vacancy.completed()) {
      return Slot.finished();
    }
    boolean left = ended.id().equals(before.leaving());
    return left ? before.rid() : before.lost(vacancy.waitingSinceMs());
  }

  /** Forgets a deployment that is in the history. */
  public void forget(DeploymentId id) {
    Deployment deployment = known(id);
    byId.remove(id);
    byPosition.remove(deployment.createdPosition());
    lacking.remove(deployment.createdPosition());
    Progress.Ending ended = deployment.progress().ended();
    if (ended != null) {
      endedAt.remove(ended.position());
    }
    NavigableMap<Long, DeploymentId> own = byDeveloper.get(deployment.developer());
    if (own != null) {
      own.remove(deployment.createdPosition());
      if (own.isEmpty()) {
        byDeveloper.remove(deployment.developer());
      }
    }
  }

  private void settle(Deployment before, Deployment after) {
    boolean first = !after.progress().everPlaced() && after.isCovered();
    Deployment latched = first ? after.with(after.progress().placed()) : after;
    put(latched.with(stateOf(latched)), before);
  }

  private static DeploymentState stateOf(Deployment deployment) {
    if (deployment.isEnded()) {
      return DeploymentState.ENDED;
    }
    if (deployment.isServing()) {
      return DeploymentState.RUNNING;
    }
    if (deployment.progress().runningAtMs() != null) {
      return DeploymentState.DEGRADED;
    }
    return deployment.isCovered() ? DeploymentState.PLACED : DeploymentState.PENDING;
  }

  private static List<Slot> replace(Deployment deployment, int replica, Slot slot) {
    List<Slot> slots = new ArrayList<>(deployment.slots());
    slots.set(replica, slot);
    return slots;
  }

  private void countPending(Deployment deployment, @Nullable Deployment before) {
    boolean was = before != null && before.state() == DeploymentState.PENDING;
    boolean is = deployment.state() == DeploymentState.PENDING;
    if (is != was) {
      pending.merge(
          deployment.developer(),
          is ? 1 : -1,
          (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    }
  }

  private void put(Deployment deployment, @Nullable Deployment before) {
    byId.put(deployment.id(), deployment);
    countPending(deployment, before);
    Long position = deployment.createdPosition(); // one object for all the maps
    if (before == null) {
      byPosition.put(position, deployment.id());
      byDeveloper
          .computeIfAbsent(deployment.developer(), name -> new TreeMap<>())
          .put(position, deployment.id());
    }
    if (deployment.lacking() > 0) {
      lacking.put(position, deployment.id());
    } else {
      lacking.remove(position);
    }
    Progress.Ending ended = deployment.progress().ended();
    if (ended != null) {
      endedAt.put(ended.position(), deployment.id());
    }
  }
}
