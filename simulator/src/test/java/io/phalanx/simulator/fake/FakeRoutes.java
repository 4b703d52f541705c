package io.phalanx.simulator.fake;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Set;

/** One method for each call of the contract that the simulator makes. */
final class FakeRoutes {
  static final Set<String> CREATING =
      Set.of("POST /v1/deployments", "POST /v1/miners", "POST /v1/accounts/*/deposits");

  private static final Set<String> DEPLOYMENT_FIELDS =
      Set.of(
          ("name codeHash codeUri tiers minPerformance replicas minReplicas maxPerOperator regions"
                  + " allowOperators denyOperators preference maxGasPrice budget queueTimeout"
                  + " labels")
              .split(" "));

  private final FakeState state;

  FakeRoutes(FakeState state) {
    this.state = state;
  }

  Reply route(HttpServerRequest request, String what, Buffer body) {
    if (body.length() > 0) {
      String type = request.getHeader("Content-Type");
      state.check(type != null && type.endsWith("json"), "content type " + type + " of " + what);
    }
    JsonObject json = body.length() == 0 ? new JsonObject() : body.toJsonObject();
    String[] path = request.path().split("/", -1);
    String id = path.length > 3 ? path[3] : "";
    String developer = request.getHeader("X-Developer");
    if (what.matches("POST /v1/accounts/[^/]+/deposits")) {
      return deposit(id, json);
    }
    if (what.startsWith("GET /v1/accounts/")) {
      return Reply.ok(
          new JsonObject()
              .put("available", state.accounts.getOrDefault(id, BigInteger.ZERO).toString())
              .put("held", "0")
              .put("spent", "0"));
    }
    return switch (what) {
      case "POST /v1/miners" -> register(json);
      case "POST /v1/miners/*/start" -> start(id);
      case "POST /v1/miners/*/stop" -> stop(id);
      case "POST /v1/miners/*/heartbeats" -> heartbeat(id, json);
      case "POST /v1/assignments/*/acknowledge",
          "POST /v1/assignments/*/complete",
          "POST /v1/assignments/*/fail" ->
          assignment(id, path[4], json);
      case "POST /v1/gas" -> gas(json, body.length());
      case "POST /v1/deployments" -> post(developer, json);
      case "GET /v1/deployments" -> deployments(developer);
      case "DELETE /v1/deployments/*" -> cancel(id);
      case "PATCH /v1/deployments/*" -> deployment(id);
      case "GET /v1/deployments/*" -> deployment(id);
      case "GET /v1/deployments/*/gas" -> gasOf(id);
      case "GET /v1/miners" -> miners();
      case "GET /v1/miners/*" -> miner(id);
      case "GET /health/ready" -> Reply.ok(new JsonObject());
      case "GET /v1/network" -> Reply.ok(state.network());
      case "GET /v1/settlements" -> Reply.ok(FakeService.list(new JsonArray()));
      default -> {
        state.violation("no such call: " + what);
        yield Reply.problem(404, "not-found");
      }
    };
  }

  private Reply register(JsonObject json) {
    String id = json.getString("minerId");
    state.check(id.matches("[0-9a-f]{64}"), "miner id " + id);
    state.check(json.getString("operator").matches("[a-z0-9-]{1,64}"), "operator");
    state.check(json.getString("stake").matches("0|[1-9][0-9]{0,29}"), "stake");
    state.check(json.getString("gasPrice").matches("0|[1-9][0-9]{0,29}"), "gasPrice");
    state.check(
        "declared".equals(json.getJsonObject("attestation").getString("type")), "attestation");
    if (state.miners.containsKey(id)) {
      return Reply.problem(409, "conflict");
    }
    state.miners.put(id, new FakeMiner(id, json.getLong("performance")));
    state.position++;
    return new Reply(201, new JsonObject().put("minerId", id).put("state", "Stopped"));
  }

  private Reply start(String id) {
    FakeMiner miner = state.miners.get(id);
    if (miner == null) {
      return Reply.problem(404, "not-found");
    }
    if (miner.performance < 50) {
      return Reply.problem(422, "guard-failed");
    }
    if (!miner.state.equals("Stopped")) {
      return Reply.problem(409, "conflict");
    }
    miner.state = "Idle";
    state.idle.add(miner);
    state.position++;
    state.place();
    return Reply.ok(new JsonObject().put("state", "Idle"));
  }

  private Reply stop(String id) {
    FakeMiner miner = state.miners.get(id);
    FakeAssignment assignment = miner == null ? null : miner.assignment;
    if (miner == null) {
      return Reply.problem(404, "not-found");
    }
    miner.state = "CoolingDown";
    state.idle.remove(miner);
    state.position++;
    if (assignment != null) {
      state.end(assignment, true);
    }
    return Reply.ok(new JsonObject().put("state", "CoolingDown"));
  }

  private Reply heartbeat(String id, JsonObject json) {
    FakeMiner miner = state.miners.get(id);
    if (miner == null) {
      return Reply.problem(404, "not-found");
    }
    long sequence = json.getLong("sequence");
    state.check(sequence > miner.sequence, "a heartbeat's sequence did not rise");
    state.check(!miner.state.equals("CoolingDown"), "a heartbeat of a miner that left");
    miner.sequence = Math.max(sequence, miner.sequence);
    JsonArray assignments = new JsonArray();
    if (miner.assignment != null) {
      assignments.add(miner.assignment.json());
    }
    return Reply.ok(
        new JsonObject()
            .put("state", miner.state)
            .put("nextHeartbeatIn", state.nextHeartbeatIn)
            .put("sequence", sequence)
            .put("assignments", assignments));
  }

  private Reply assignment(String id, String what, JsonObject json) {
    FakeAssignment assignment = state.assignments.get(id);
    boolean live = assignment != null && !assignment.state.equals("Ended");
    if (assignment == null || !live || assignment.epoch != json.getLong("epoch")) {
      return Reply.problem(409, "stale-epoch");
    }
    state.position++;
    switch (what) {
      case "acknowledge" -> state.acknowledged(assignment);
      case "complete" -> {
        state.check(assignment.state.equals("Running"), "complete before acknowledge");
        state.check(assignment.finalSeen, "complete without a final reading");
        state.completed++;
        state.end(assignment, false);
      }
      default -> state.end(assignment, true);
    }
    return Reply.ok(assignment.json());
  }

  private Reply gas(JsonObject json, int bytes) {
    JsonArray readings = json.getJsonArray("readings");
    state.check(readings.size() <= 2_000 && bytes <= 1 << 20, "a batch too large");
    state.check(readings.size() > 0, "an empty batch");
    JsonArray results = new JsonArray();
    for (int i = 0; i < readings.size(); i++) {
      results.add(state.read(readings.getJsonObject(i)));
    }
    state.position++;
    return Reply.ok(new JsonObject().put("results", results));
  }

  private Reply post(String developer, JsonObject json) {
    state.check(developer != null, "a deployment of nobody");
    state.check(DEPLOYMENT_FIELDS.containsAll(json.fieldNames()), "fields " + json.fieldNames());
    state.check(json.getString("name").matches("[a-z0-9-]{1,64}"), "name");
    state.check(json.getString("codeHash").matches("0x[0-9a-f]{64}"), "codeHash");
    state.check(json.getString("budget").matches("[1-9][0-9]{0,29}"), "budget");
    String id = "d" + ++state.position;
    FakeDeployment deployment = new FakeDeployment(id, developer, json);
    state.deployments.put(id, deployment);
    state.pending.add(deployment);
    JsonObject answer = deployment.json();
    state.events.emit("deployment", answer);
    state.place();
    return new Reply(201, answer);
  }

  private Reply deployments(String developer) {
    JsonArray items = new JsonArray();
    state.deployments.values().stream()
        .filter(one -> one.developer.equals(developer))
        .forEach(one -> items.add(one.json()));
    return Reply.ok(FakeService.list(items));
  }

  private Reply deployment(String id) {
    FakeDeployment found = state.deployments.get(id);
    return found == null ? Reply.problem(404, "not-found") : Reply.ok(found.json());
  }

  private Reply cancel(String id) {
    FakeDeployment found = state.deployments.get(id);
    if (found == null) {
      return Reply.problem(404, "not-found");
    }
    state.position++;
    state.endDeployment(found, "Cancelled");
    return Reply.ok(found.json());
  }

  private Reply gasOf(String id) {
    JsonArray all = new JsonArray();
    state.assignments.values().stream()
        .filter(one -> one.deployment.id.equals(id))
        .forEach(
            one -> all.add(new JsonObject().put("id", one.id).put("charged", "" + one.charged)));
    return Reply.ok(new JsonObject().put("assignments", all));
  }

  private Reply miners() {
    JsonArray items = new JsonArray();
    state.miners.keySet().forEach(id -> items.add(new JsonObject().put("minerId", id)));
    return Reply.ok(FakeService.list(items));
  }

  private Reply miner(String id) {
    FakeMiner found = state.miners.get(id);
    return found == null
        ? Reply.problem(404, "not-found")
        : Reply.ok(new JsonObject().put("minerId", id).put("state", found.state));
  }

  private Reply deposit(String developer, JsonObject json) {
    String reference = json.getString("reference");
    BigInteger amount = new BigInteger(json.getString("amount"));
    if (state.deposits.putIfAbsent(reference, amount) == null) {
      state.accounts.merge(developer, amount, BigInteger::add);
      state.position++;
    }
    return new Reply(201, new JsonObject().put("reference", reference));
  }
}
