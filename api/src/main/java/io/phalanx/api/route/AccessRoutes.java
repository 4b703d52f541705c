package io.phalanx.api.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.auth.ApiKey;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** API keys and the audit trail. */
final class AccessRoutes {
  private static final Success CREATED = new Success(201, null);

  private final Services services;
  private final Reads reads;

  AccessRoutes(Services services, Reads reads) {
    this.services = services;
    this.reads = reads;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "createKey", this::create,
        "listKeys", this::list,
        "revokeKey", this::revoke,
        "listAudit", this::audit);
  }

  private Future<Answer> create(Call call) {
    JsonNode body = call.body();
    Role role = CoreJson.shown().convertValue(body.path("role").asString(), Role.class);
    String name = body.path("name").asString();
    JsonNode given = body.path("publicKey");
    String publicKey = given.isString() ? given.asString() : null;
    List<Fault> faults = faults(role, name, publicKey);
    if (!faults.isEmpty()) {
      return Future.succeededFuture(Answer.problem(Problem.invalid(faults)));
    }
    ApiKey key = ApiKey.draw(services.identity().random());
    String hash = publicKey == null ? key.secretHash() : null;
    return services
        .gateway()
        .reply(call, new IssueKey(key.id(), role, name, hash, publicKey))
        .map(reply -> shown(reply, publicKey == null ? key : null));
  }

  private List<Fault> faults(Role role, String name, @Nullable String publicKey) {
    List<Fault> faults = new ArrayList<>();
    if (role == Role.MINER && !services.identity().verifier().isKey(name)) {
      faults.add(Fault.body("/name", "must be the miner's id: a key of a miner acts for it"));
    }
    if (publicKey != null && !services.identity().verifier().isKey(publicKey)) {
      faults.add(Fault.body("/publicKey", "must be an Ed25519 key that is not of small order"));
    }
    return faults;
  }

  /** The secret is shown to whoever made it and never again: it is not kept to be repeated. */
  private static Answer shown(Reply reply, @Nullable ApiKey key) {
    if (!(reply instanceof Reply.Decided decided)
        || !(decided.outcome() instanceof Outcome.Done done)) {
      return Gateway.answer(reply, CREATED);
    }
    ObjectNode view = CoreJson.shown().valueToTree(done.answer());
    view.put("key", done.replayed() || key == null ? null : key.text());
    Map<String, String> headers =
        done.replayed() ? Map.of("Idempotent-Replayed", "true") : Map.of();
    Position at = new Position(decided.position(), decided.epoch());
    return Answer.json(201, Show.bytes(view), headers, at);
  }

  private Future<Answer> list(Call call) {
    PageRequest page = Reads.page(call);
    return reads.now(() -> reads.access().keys(page));
  }

  private Future<Answer> revoke(Call call) {
    return services.gateway().submit(call, new RevokeKey(call.path("id")), Success.OK);
  }

  private Future<Answer> audit(Call call) {
    PageRequest page = Reads.page(call);
    return reads.blocking(() -> reads.access().audit(page));
  }
}
