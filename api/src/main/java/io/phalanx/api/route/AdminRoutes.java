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
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.recorded.RoundFile;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.view.PolicyView;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policy, rounds, cluster and network. */
final class AdminRoutes {
  /** RFC 6585 §3. */
  private static final int PRECONDITION_REQUIRED = 428;

  private static final int PRECONDITION_FAILED = 412;

  private final Services services;
  private final Reads reads;
  private final ClusterView view;

  AdminRoutes(Services services, Reads reads, ClusterView view) {
    this.services = services;
    this.reads = reads;
    this.view = view;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "getPolicy",
        call -> Future.succeededFuture(policy()),
        "patchPolicy",
        this::patchPolicy,
        "listRounds",
        this::rounds,
        "getRound",
        this::round,
        "getCluster",
        call -> Future.succeededFuture(cluster()),
        "getNetwork",
        call -> reads.blocking(() -> reads.network().network()));
  }

  private Answer policy() {
    Position before = reads.node().position();
    return shown(current(), before);
  }

  private Policy current() {
    return services.engine().replica().read(state -> state.policy());
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
    Policy before = current();
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
    PageRequest page = Reads.page(call);
    return reads.blocking(() -> reads.rounds().list(page));
  }

  private Future<Answer> round(Call call) {
    long number = Long.parseLong(call.path("number"));
    boolean full = "true".equals(call.query("full"));
    return reads.blocking(
        () ->
            full
                ? reads.rounds().recorded(number).map(RoundFile::shown)
                : reads.rounds().find(number),
        () -> Problem.of(ProblemKind.NOT_FOUND, "No round has that number."));
  }

  private record Cluster(List<ClusterView.Node> nodes, @Nullable String leader, long epoch) {}

  private Answer cluster() {
    Position at = reads.node().position();
    return Show.ok(new Cluster(view.nodes(), view.leader(), at.epoch()), at);
  }
}
