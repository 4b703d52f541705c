package io.phalanx.simulator.developer;

import com.fasterxml.jackson.core.JsonParser;
import io.phalanx.simulator.http.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** What a developer looks at in a deployment: an event's, or an answer's. */
record DeploymentEvent(String id, String developer, String state, String endReason) {
  static DeploymentEvent read(String json) {
    Reader reader = new Reader();
    Json.read(json, reader::field);
    return reader.event();
  }

  static DeploymentEvent read(Buffer json) {
    Reader reader = new Reader();
    Json.read(json, reader::field);
    return reader.event();
  }

  boolean hasBeenPlaced() {
    return state.equals("Placed") || state.equals("Running") || state.equals("Degraded");
  }

  boolean ended() {
    return state.equals("Ended");
  }

  private static final class Reader {
    private String id = "";
    private String developer = "";
    private String state = "";
    private String endReason = "";

    void field(String name, JsonParser value) throws IOException {
      switch (name) {
        case "id" -> id = value.getValueAsString("");
        case "developer" -> developer = value.getValueAsString("");
        case "state" -> state = value.getValueAsString("");
        case "endReason" -> endReason = value.getValueAsString("");
        default -> {
          // nothing a developer here needs
        }
      }
    }

    DeploymentEvent event() {
      return new DeploymentEvent(id, developer, state, endReason);
    }
  }
}
