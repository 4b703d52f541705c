package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Lists of deployments and of their assignments, over what lives and what has ended. */
final class DeploymentLists {
  private final Services services;
  private final Past past;

  DeploymentLists(Services services, Past past) {
    this.services = services;
    this.past = past;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of("listDeployments", this::list, "listAssignments", this::assignments);
  }

  private Future<Answer> list(Call call) {
    PageRequest page = PageRequest.of(call);
    Predicate<Deployment> wanted = wanted(call);
    Optional<String> owner = soleOwner(call);
    Seen<Stretch<DeploymentView>> live =
        services
            .committed()
            .read(
                state -> {
                  NavigableMap<Long, DeploymentId> index =
                      owner.map(state.deployments()::of).orElse(state.deployments().inOrder());
                  return Stretch.of(
                      page,
                      index,
                      id -> {
                        Deployment deployment = state.deployments().known(id);
                        return wanted.test(deployment) ? DeploymentView.of(deployment) : null;
                      });
                });
    return past.look(() -> joined(page, live, owner, wanted));
  }

  private Answer joined(
      PageRequest page,
      Seen<Stretch<DeploymentView>> live,
      Optional<String> owner,
      Predicate<Deployment> wanted) {
    Stretch<DeploymentView> ended =
        past.stretch(
            page,
            HistoryKinds.DEPLOYMENT,
            owner.orElse(""),
            item -> {
              Deployment deployment = HistoryKinds.body(item, Deployment.class);
              return wanted.test(deployment) ? DeploymentView.of(deployment) : null;
            });
    return Show.ok(Stretch.page(page, live.value(), ended), live.at());
  }

  private static Optional<String> soleOwner(Call call) {
    String confined = Callers.confinedTo(call);
    if (confined != null) {
      return Optional.of(confined);
    }
    List<String> developers = call.list("developer");
    return developers.size() == 1 ? Optional.of(developers.get(0)) : Optional.empty();
  }

  private static Predicate<Deployment> wanted(Call call) {
    List<String> states = call.list("state");
    List<String> labels = call.list("label");
    List<String> developers = call.list("developer");
    return deployment ->
        Callers.may(call, deployment.developer())
            && (developers.isEmpty() || developers.contains(deployment.developer()))
            && (states.isEmpty() || states.contains(Wire.name(deployment.state())))
            && (labels.isEmpty() || hasOneOf(deployment, labels));
  }

  private static boolean hasOneOf(Deployment deployment, List<String> labels) {
    return labels.stream()
        .anyMatch(
            label -> {
              int colon = label.indexOf(':');
              String value = deployment.spec().labels().get(label.substring(0, colon));
              return label.substring(colon + 1).equals(value);
            });
  }

  private Future<Answer> assignments(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    PageRequest page = PageRequest.of(call);
    Seen<Optional<Stretch<AssignmentView>>> live =
        services
            .committed()
            .read(
                state ->
                    state
                        .deployments()
                        .find(id)
                        .filter(deployment -> Callers.may(call, deployment.developer()))
                        .map(ignored -> stretch(page, state.assignments().of(id))));
    return past.look(
        () -> {
          if (live.value().isEmpty() && !mayRead(call, id)) {
            return Answer.problem(DeploymentRoutes.notFound(), live.at());
          }
          Stretch<AssignmentView> ended =
              past.stretch(
                  page,
                  HistoryKinds.ASSIGNMENT,
                  id.text(),
                  item -> AssignmentView.of(HistoryKinds.body(item, Assignment.class)));
          Stretch<AssignmentView> now =
              live.value().orElseGet(() -> new Stretch<>(List.of(), null));
          return Show.ok(Stretch.page(page, now, ended), live.at());
        });
  }

  private boolean mayRead(Call call, DeploymentId id) {
    return past.find(id).filter(d -> Callers.may(call, d.developer())).isPresent();
  }

  private static Stretch<AssignmentView> stretch(PageRequest page, List<Assignment> assignments) {
    NavigableMap<Long, Assignment> byEpoch = new TreeMap<>();
    assignments.forEach(assignment -> byEpoch.put(assignment.epoch(), assignment));
    return Stretch.of(page, byEpoch, AssignmentView::of);
  }
}
