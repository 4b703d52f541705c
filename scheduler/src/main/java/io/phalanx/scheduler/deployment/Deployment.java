package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * A developer's request to run one contract on several miners, and what became of it.
 *
 * @param id its name
 * @param developer whose it is
 * @param createdPosition the journal position of its creation; orders lists
 * @param createdAtMs when it was created, Unix milliseconds
 * @param spec what was asked for, as changed since
 * @param state where it stands
 * @param funds where its budget is
 * @param progress how far it has come
 * @param slots its replicas by number
 * @param exclusions miners kept away from it, until when (Unix milliseconds)
 */
public record Deployment(
    DeploymentId id,
    String developer,
    long createdPosition,
    long createdAtMs,
    DeploymentSpec spec,
    DeploymentState state,
    Funds funds,
    Progress progress,
    List<Slot> slots,
    SortedMap<MinerId, Long> exclusions) {

  /** A deployment just after it was accepted. */
  public static Deployment created(DeploymentCreated event, Moment moment) {
    return new Deployment(
        event.deploymentId(),
        event.developer(),
        moment.position(),
        moment.atMs(),
        event.spec(),
        DeploymentState.PENDING,
        Funds.held(event.spec().budget()),
        Progress.START,
        Collections.nCopies(event.spec().replicas(), Slot.waiting(moment.atMs())),
        Collections.emptySortedMap());
  }

  /** Copies what could change under it. */
  public Deployment {
    slots = List.copyOf(slots);
    exclusions = java.util.Collections.unmodifiableSortedMap(exclusions);
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return state == DeploymentState.ENDED;
  }

  /** How many replicas lack a miner. */
  public int lacking() {
    return isEnded() ? 0 : count(Slot::isLacking);
  }

  /** How many replicas have a miner, be it one that they leave. */
  public int live() {
    return count(Slot::isHeld);
  }

  /** How many replicas are finished. */
  public int completed() {
    return count(Slot::completed);
  }

  /** Asked for several times with every event: a stream would cost more than the count. */
  private int count(Predicate<Slot> wanted) {
    int count = 0;
    for (Slot slot : slots) {
      if (wanted.test(slot)) {
        count++;
      }
    }
    return count;
  }

  /** Whether at least {@code minReplicas} have a miner or are finished. */
  public boolean isCovered() {
    return live() + completed() >= spec.minReplicas();
  }

  /** Whether at least {@code minReplicas} are running or finished. */
  public boolean isServing() {
    return count(Slot::isServed) + completed() >= spec.minReplicas();
  }

  /**
   * The fewest replicas that may be placed at once now: what is missing to {@code minReplicas}
   * until it was first Placed, afterwards one.
   */
  public int required() {
    return progress.everPlaced() ? 1 : Math.max(1, spec.minReplicas() - live() - completed());
  }

  /** From when the wait of what is lacking counts, Unix milliseconds. */
  public long waitingSinceMs() {
    return slots.stream()
        .filter(Slot::isLacking)
        .mapToLong(Slot::waitingSinceMs)
        .min()
        .orElse(createdAtMs);
  }

  /** The same after a charge was taken back. */
  public Deployment refunded(Amount charge) {
    return with(funds.refunded(charge));
  }

  /** The same after a charge. */
  public Deployment charged(Amount charge) {
    return with(funds.charged(charge));
  }

  Deployment with(DeploymentState next) {
    return new Deployment(
        id,
        developer,
        createdPosition,
        createdAtMs,
        spec,
        next,
        funds,
        progress,
        slots,
        exclusions);
  }

  Deployment with(DeploymentSpec next) {
    return new Deployment(
        id,
        developer,
        createdPosition,
        createdAtMs,
        next,
        state,
        funds,
        progress,
        slots,
        exclusions);
  }

  Deployment with(Funds next) {
    return new Deployment(
        id,
        developer,
        createdPosition,
        createdAtMs,
        spec,
        state,
        next,
        progress,
        slots,
        exclusions);
  }

  Deployment with(Progress next) {
    return new Deployment(
        id, developer, createdPosition, createdAtMs, spec, state, funds, next, slots, exclusions);
  }

  Deployment with(List<Slot> next) {
    return new Deployment(
        id,
        developer,
        createdPosition,
        createdAtMs,
        spec,
        state,
        funds,
        progress,
        next,
        exclusions);
  }

  Deployment with(SortedMap<MinerId, Long> next) {
    return new Deployment(
        id, developer, createdPosition, createdAtMs, spec, state, funds, progress, slots, next);
  }
}
