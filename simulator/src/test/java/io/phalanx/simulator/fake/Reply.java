package io.phalanx.simulator.fake;

import io.vertx.core.json.JsonObject;

/** What the fake service answers. */
record Reply(int status, JsonObject body) {
  static Reply ok(JsonObject body) {
    return new Reply(200, body);
  }

  static Reply problem(int status, String name) {
    return new Reply(status, new JsonObject().put("type", "/problems/" + name));
  }
}
