package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What outlives the process. */
class RestartTest {
  private static final String[] KEY = {"Idempotency-Key", "once"};

  @TempDir private Path folder;

  @Test
  void keepsWritesKeysAndStreams() {
    JsonNode first;
    String position;
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      Reply created = node.post("/v1/deployments", ServedNode.request(""), KEY);
      first = created.json();
      position = created.header("Journal-Position");
    }
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      assertThat(node.get("/v1/deployments/" + first.path("id").asString()).json())
          .isEqualTo(first);
      Reply replayed = node.post("/v1/deployments", ServedNode.request(""), KEY);
      assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(replayed.json()).isEqualTo(first);
      assertThat(replayed.header("Location"))
          .isEqualTo("/v1/deployments/" + first.path("id").asString());
      assertThat(Long.parseLong(replayed.header("Leader-Epoch"))).isEqualTo(2);
      assertThat(Long.parseLong(replayed.header("Journal-Position")))
          .isGreaterThanOrEqualTo(Long.parseLong(position));
      try (RawClient client = new RawClient(node.port())) {
        client.send("GET /v1/events?after=1.0 HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readUntil("\"state\":\"Pending\"")).contains("event: deployment");
      }
    }
  }
}
