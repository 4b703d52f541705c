package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Deployments and their assignments, live and ended: from the state, joined with the history. May
 * block for the history.
 */
public final class DeploymentReads {

  private static final Wanted<Deployment> DEPLOYMENTS =
      Wanted.of(
          HistoryKinds.DEPLOYMENT,
          Deployment.class,
          deployment -> deployment.funds().held().isZero());
  private static final Wanted<Assignment> ASSIGNMENTS =
      Wanted.of(HistoryKinds.ASSIGNMENT, Assignment.class, assignment -> true);

  private final Engine engine;
  private final Past past;
  private final InstantSource clock;

  /**
   * Reads of that engine.
   *
   * @param clock tells how long assignments have been running
   */
  public DeploymentReads(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.past = new Past(engine);
    this.clock = clock;
  }

  /** A deployment with assignments, as the state has them. */
  private record Known(Deployment deployment, List<Assignment> assignments) {}

  /**
   * The deployment with its live assignments and the newest {@link DeploymentView#NEWEST_ENDED}
   * ended ones.
   *
   * @param developer whose it must be; empty for anybody's
   */
  public Optional<DeploymentView> find(DeploymentId id, Optional<String> developer) {
    return known(id, developer)
        .map(
            known ->
                DeploymentView.with(
                    known.deployment(),
                    newest(known, DeploymentView.NEWEST_ENDED).map(AssignmentView::of).toList()));
  }

  /** The deployments that pass the filter, without their assignments. */
  public Page<DeploymentView> list(DeploymentFilter filter, PageRequest request) {
    Set<Long> seen = new HashSet<>();
    Scan<Deployment> live =
        engine
            .replica()
            .read(
                state ->
                    Scan.live(
                        candidates(state, filter),
                        state.deployments()::known,
                        filter::accepts,
                        request,
                        seen));
    Scan<Deployment> ended =
        filter.acceptsEnded()
            ? past.scan(
                DEPLOYMENTS.ownedBy(filter.soleDeveloper()),
                filter::accepts,
                request,
                seen,
                live.stop())
            : Scan.nothing();
    return live.with(ended, request).map(DeploymentView::of);
  }

  private static NavigableMap<Long, DeploymentId> candidates(State state, DeploymentFilter filter) {
    if (filter.acceptsOnlyEnded()) {
      TreeMap<Long, DeploymentId> ended = new TreeMap<>();
      for (DeploymentId id : state.deployments().ended().values()) {
        ended.put(state.deployments().known(id).createdPosition(), id);
      }
      return ended;
    }
    String developer = filter.soleDeveloper();
    return developer.isEmpty() ? state.deployments().inOrder() : state.deployments().of(developer);
  }

  /**
   * All assignments of a deployment.
   *
   * @param developer whose it must be; empty for anybody's
   */
  public Optional<Page<AssignmentView>> assignments(
      DeploymentId id, Optional<String> developer, PageRequest request) {
    return known(id, developer)
        .map(known -> assignments(known, any -> true, request).map(AssignmentView::of));
  }

  private Page<Assignment> assignments(
      Known known, Predicate<Assignment> filter, PageRequest request) {
    TreeMap<Long, Assignment> live = new TreeMap<>();
    known.assignments().forEach(assignment -> live.put(assignment.epoch(), assignment));
    Set<Long> seen = new HashSet<>();
    Scan<Assignment> first = Scan.live(live, assignment -> assignment, filter, request, seen);
    Wanted<Assignment> wanted = ASSIGNMENTS.ownedBy(known.deployment().id().text());
    return first.with(past.scan(wanted, filter, request, seen, first.stop()), request);
  }

  /**
   * What the deployment uses and how long its money lasts.
   *
   * @param developer whose it must be; empty for anybody's
   */
  public Optional<GasView> gas(DeploymentId id, Optional<String> developer) {
    return known(id, developer)
        .map(
            known ->
                GasView.of(
                    known.deployment(),
                    newest(known, PageRequest.MAX_LIMIT).toList(),
                    clock.millis()));
  }

  /** Live ones first, then the newest ended ones; each part newest first. */
  private Stream<Assignment> newest(Known known, int ended) {
    PageRequest request = new PageRequest(ended, null, false);
    List<Assignment> live = new ArrayList<>();
    for (int i = known.assignments().size() - 1; i >= 0; i--) {
      if (known.assignments().get(i).isLive()) {
        live.add(known.assignments().get(i));
      }
    }
    Page<Assignment> page = assignments(known, assignment -> !assignment.isLive(), request);
    return Stream.concat(live.stream(), page.items().stream());
  }

  private Optional<Known> known(DeploymentId id, Optional<String> developer) {
    return engine
        .replica()
        .read(
            state ->
                state
                    .deployments()
                    .find(id)
                    .map(found -> new Known(found, state.assignments().of(id))))
        .or(() -> past.find(DEPLOYMENTS, id.text()).map(found -> new Known(found, List.of())))
        .filter(
            known -> developer.isEmpty() || developer.get().equals(known.deployment().developer()));
  }
}
