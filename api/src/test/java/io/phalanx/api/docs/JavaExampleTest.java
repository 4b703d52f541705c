package io.phalanx.api.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JavaExampleTest {
  private static final Path EXAMPLE = Path.of("../docs/examples/DeployExample.java");

  @Test
  void deploysFollowsAndEnds(@TempDir Path folder) throws Exception {
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      node.startMiner(1, "op-1", 1);
      CompletableFuture<Void> miner = CompletableFuture.runAsync(() -> acknowledge(node));
      Process example =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  EXAMPLE.toString(),
                  "http://127.0.0.1:" + node.port())
              .redirectErrorStream(true)
              .start();
      String said = new String(example.getInputStream().readAllBytes(), UTF_8);
      assertThat(example.waitFor()).as(said).isZero();
      miner.join();
      assertThat(said.lines())
          .contains("it is placeable", "it is Running", "it is Ended")
          .last()
          .asString()
          .isEqualTo("refused with 409: not-placeable"); // a tenth of one miner is none
    }
  }

  private static void acknowledge(ServedNode node) {
    JsonNode order = node.awaitOrder(1);
    ServedNode.Reply done =
        node.post(
            "/v1/assignments/" + order.path("id").asString() + "/acknowledge",
            "{\"epoch\": " + order.path("epoch").asLong() + "}");
    assertThat(done.status()).isEqualTo(200);
  }
}
