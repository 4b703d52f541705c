package io.phalanx.api.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.view.PolicyView;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Policy, rounds, cluster and network. */
final class AdminRoutes {
  /** RFC 6585 §3. */
  private static final int PRECONDITION_REQUIRED = 428;

  private static final int PRECONDITION_FAILED = 412;

  private final Services services;
  private final Past past;
  private final String nodeId;

  AdminRoutes(Services services, Past past, String nodeId) {
    this.services = services;
    this.past = past;
    this.nodeId = nodeId;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "getPolicy", call -> Future.succeededFuture(policy()),
        "patchPolicy", this::patchPolicy,
        "listRounds", this::rounds,
        "getRound", this::round,
        "getCluster", call -> Future.succeededFuture(cluster()),
        "getNetwork", this::network);
  }

  private Answer policy() {
    Seen<Policy> seen = services.committed().read(state -> state.policy());
    return shown(seen.value(), seen.at());
  }

  private static Answer shown(Policy policy, Position at) {
    Map<String, String> headers = Map.of("ETag", etag(policy.version()));
    return Answer.json(200, Show.bytes(policy), headers, at);
  }

  private static String etag(long version) {
    return "\"" + version + "\"";
  }

  private Future<Answer> patchPolicy(Call call) {
    String expected = call.headers().ifMatch();
    if (expected == null) {
      String sentence = "Say with If-Match which version the change was made from.";
      return refused(Problem.of(ProblemKind.CONFLICT, PRECONDITION_REQUIRED, sentence));
    }
    Policy before = services.committed().read(state -> state.policy()).value();
    if (!expected.equals("*") && !expected.equals(etag(before.version()))) {
      String sentence = "The policy is at version " + before.version() + ".";
      return refused(Problem.of(ProblemKind.CONFLICT, PRECONDITION_FAILED, sentence));
    }
    Policy after = merged(before, call.body());
    List<Fault> faults = PolicyRules.faults(after);
    if (!faults.isEmpty()) {
      return refused(Problem.invalid(faults));
    }
    return services
        .gateway()
        .reply(call, new ChangePolicy(after, before.version()))
        .map(AdminRoutes::changed);
  }

  private static Answer changed(Reply reply) {
    if (reply instanceof Reply.Decided decided
        && decided.outcome() instanceof Outcome.Done done
        && done.answer() instanceof PolicyView view) {
      return shown(view.policy(), new Position(decided.position(), decided.epoch()));
    }
    return Gateway.answer(reply, Gateway.Success.OK);
  }

  private static Future<Answer> refused(Problem problem) {
    return Future.succeededFuture(Answer.problem(problem));
  }

  private static Policy merged(Policy before, tools.jackson.databind.JsonNode patch) {
    try {
      ObjectNode tree = CoreJson.stored().valueToTree(before);
      JsonNode changes = CoreJson.stored().readTree(patch.toString());
      for (Map.Entry<String, JsonNode> group : changes.properties()) {
        ObjectNode figures = tree.withObject("/" + group.getKey());
        group.getValue().properties().forEach(f -> figures.set(f.getKey(), f.getValue()));
      }
      return CoreJson.stored().treeToValue(tree, Policy.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a policy cannot be read", e);
    }
  }

  private Future<Answer> rounds(Call call) {
    PageRequest page = PageRequest.of(call);
    Seen<Stretch<RoundView>> newest =
        services
            .committed()
            .read(
                state -> {
                  NavigableMap<Long, CommittedRound> byNumber = new TreeMap<>();
                  state.rounds().newest().forEach(r -> byNumber.put(r.record().number(), r));
                  return Stretch.of(page, byNumber, RoundView::item);
                });
    return past.look(
        () -> {
          Stretch<RoundView> old =
              past.stretch(
                  page,
                  HistoryKinds.ROUND,
                  "",
                  item -> RoundView.item(HistoryKinds.body(item, CommittedRound.class)));
          return Show.ok(Stretch.page(page, newest.value(), old), newest.at());
        });
  }

  private Future<Answer> round(Call call) {
    long number = Long.parseLong(call.path("number"));
    boolean full = call.flag("full");
    Seen<Optional<CommittedRound>> seen =
        services.committed().read(state -> state.rounds().find(number));
    return past.look(
        () ->
            seen.value()
                .or(
                    () ->
                        services
                            .engine()
                            .history()
                            .get(HistoryKinds.ROUND, Long.toString(number))
                            .map(item -> HistoryKinds.body(item, CommittedRound.class)))
                .map(found -> full ? RoundView.full(found) : RoundView.item(found))
                .<Answer>map(view -> Show.ok(view, seen.at()))
                .orElseGet(
                    () ->
                        Answer.problem(
                            Problem.of(ProblemKind.NOT_FOUND, "No round has that number."),
                            seen.at())));
  }

  private record Node(String id, boolean leader, long position) {}

  private record Cluster(List<Node> nodes, @Nullable String leader, long epoch) {}

  private Answer cluster() {
    Seen<Integer> seen = services.committed().read(state -> 0);
    boolean leads = services.engine().sequencer().isLeading();
    Node self = new Node(nodeId, leads, seen.at().journal());
    Cluster view = new Cluster(List.of(self), leads ? nodeId : null, seen.at().epoch());
    return Show.ok(view, seen.at());
  }

  private Future<Answer> network(Call call) {
    return past.look(
        () -> {
          Seen<NetworkView> seen = services.committed().read(NetworkView::of);
          return Show.ok(seen.value(), seen.at());
        });
  }
}
