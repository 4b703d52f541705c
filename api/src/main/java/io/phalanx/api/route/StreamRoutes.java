package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.EventStream;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.view.DeploymentView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Server-sent events: of one resource, or of everything. */
final class StreamRoutes {
  private final Services services;
  private final MinerRoutes miners;

  StreamRoutes(Services services, MinerRoutes miners) {
    this.services = services;
    this.miners = miners;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "streamAll", this::all, "streamDeployment", this::deployment, "streamMiner", this::miner);
  }

  /**
   * An event that a stream starts with.
   *
   * @param kind its name
   * @param view its data
   */
  private record Start(String kind, Object view) {}

  private Future<Answer> all(Call call) {
    String since = since(call);
    if (since == null) {
      EventId now = new EventId(services.engine().feed().position(), EventId.WHOLE);
      return stream(call, now, List.of(), ShownChange.wanted(call));
    }
    return resumed(call, since, ShownChange.wanted(call));
  }

  private Future<Answer> deployment(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    Predicate<Change> wanted = ShownChange.wanted(call).and(change -> ShownChange.isOf(id, change));
    Seen<Optional<List<Start>>> seen =
        services
            .committed()
            .read(
                state ->
                    state
                        .deployments()
                        .find(id)
                        .filter(found -> Callers.may(call, found.developer()))
                        .map(found -> starts(call, state, id)));
    if (seen.value().isEmpty()) {
      return Future.succeededFuture(Answer.problem(DeploymentRoutes.notFound(), seen.at()));
    }
    return resource(call, seen.at().journal(), seen.value().get(), wanted);
  }

  private static List<Start> starts(Call call, State state, DeploymentId id) {
    List<Start> starts = new ArrayList<>();
    List<String> kinds = call.list("kind");
    if (kinds.isEmpty() || kinds.contains("deployment")) {
      starts.add(new Start("deployment", DeploymentView.of(state.deployments().known(id))));
    }
    if (kinds.isEmpty() || kinds.contains("assignment")) {
      for (Assignment assignment : state.assignments().of(id)) {
        if (assignment.isLive()) {
          starts.add(new Start("assignment", ShownChange.AssignmentEvent.of(assignment)));
        }
      }
    }
    return starts;
  }

  private Future<Answer> miner(Call call) {
    MinerId id = new MinerId(call.path("minerId"));
    Predicate<Change> wanted = ShownChange.wanted(call).and(change -> ShownChange.isOf(id, change));
    List<String> kinds = call.list("kind");
    Seen<Optional<List<Start>>> seen =
        services
            .committed()
            .read(
                state ->
                    state
                        .miners()
                        .find(id)
                        .map(
                            found ->
                                kinds.isEmpty() || kinds.contains("miner")
                                    ? List.of(new Start("miner", miners.view(state, found)))
                                    : List.of()));
    if (seen.value().isEmpty()) {
      Problem problem = Problem.of(ProblemKind.NOT_FOUND, "No miner has that key.");
      return Future.succeededFuture(Answer.problem(problem, seen.at()));
    }
    return resource(call, seen.at().journal(), seen.value().get(), wanted);
  }

  private Future<Answer> resource(
      Call call, long position, List<Start> starts, Predicate<Change> wanted) {
    String since = since(call);
    return since == null
        ? stream(call, new EventId(position, EventId.WHOLE), starts, wanted)
        : resumed(call, since, wanted);
  }

  private static @Nullable String since(Call call) {
    String header = call.headers().lastEventId();
    return header == null ? call.query("after") : header;
  }

  private Future<Answer> resumed(Call call, String since, Predicate<Change> wanted) {
    EventId after = EventId.parse(since);
    if (after == null || after.position() > services.engine().feed().position()) {
      String sentence = "No event with that id is kept here; read the resources and start anew.";
      return Future.succeededFuture(
          Answer.problem(Problem.of(ProblemKind.STREAM_EXPIRED, sentence)));
    }
    return stream(call, after, List.of(), wanted);
  }

  private Future<Answer> stream(
      Call call, EventId after, List<Start> starts, Predicate<Change> wanted) {
    return Future.succeededFuture(
        new Answer.Stream(
            events -> {
              send(events, after.position(), starts);
              Subscription.Filter filter = new Subscription.Filter(wanted, this::shown);
              new Subscription(services, call, events, after, filter).start();
            }));
  }

  private static void send(EventStream events, long position, List<Start> starts) {
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      events.send(EventId.ofStart(position, i), start.kind, Show.bytes(start.view));
    }
  }

  private Object shown(Miner miner) {
    return services.committed().read(state -> miners.view(state, miner)).value();
  }
}
