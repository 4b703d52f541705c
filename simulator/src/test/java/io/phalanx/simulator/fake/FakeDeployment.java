package io.phalanx.simulator.fake;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A deployment of the fake service. */
final class FakeDeployment {
  final String id;
  final String developer;
  final JsonObject body;
  final List<FakeAssignment> assignments = new ArrayList<>();
  String state = "Pending";
  String endReason = "";

  FakeDeployment(String id, String developer, JsonObject body) {
    this.id = id;
    this.developer = developer;
    this.body = body;
  }

  JsonObject json() {
    return body.copy()
        .put("id", id)
        .put("developer", developer)
        .put("state", state)
        .put("endReason", endReason.isEmpty() ? null : endReason);
  }
}
