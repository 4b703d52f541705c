package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkFiguresTest {

  @Nested
  class Nakamoto {

    @Test
    void countsTheLargestThatHaveMoreThanHalf() {
      assertThat(NetworkFigures.nakamoto(List.of())).isZero();
      assertThat(NetworkFigures.nakamoto(List.of(5))).isEqualTo(1);
      assertThat(NetworkFigures.nakamoto(List.of(5, 5))).isEqualTo(2);
      assertThat(NetworkFigures.nakamoto(List.of(1, 6, 2, 2))).isEqualTo(1);
      assertThat(NetworkFigures.nakamoto(List.of(3, 3, 2, 2))).isEqualTo(2);
      assertThat(NetworkFigures.nakamoto(List.of(1, 1, 1, 1))).isEqualTo(3);
    }
  }

  @Nested
  class Gini {

    @Test
    void isZeroWhenAllAreAlikeAndNearOneWhenOneHasAll() {
      assertThat(NetworkFigures.gini(List.of(), 5)).isEqualByComparingTo("0");
      assertThat(NetworkFigures.gini(List.of(3, 3, 3), 3)).isEqualByComparingTo("0");
      assertThat(NetworkFigures.gini(List.of(10), 4)).isEqualByComparingTo("0.75");
      // 1, 2, 3: (2·(1 + 4 + 9) − 4·6) / (3·6) = 4/18
      assertThat(NetworkFigures.gini(List.of(3, 1, 2), 3)).isEqualByComparingTo("0.2222");
    }
  }

  @Nested
  class Percentile {

    @Test
    void isByNearestRank() {
      assertThat(NetworkFigures.percentile(new long[] {1, 2, 3, 4}, 50)).isEqualTo(2);
      assertThat(NetworkFigures.percentile(new long[] {1, 2, 3}, 50)).isEqualTo(2);
      assertThat(NetworkFigures.percentile(new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 90))
          .isEqualTo(9);
      assertThat(NetworkFigures.percentile(new long[] {7}, 90)).isEqualTo(7);
    }
  }

  @Nested
  class Network {

    @Test
    void isWhatAHandCounts(@TempDir Path folder) {
      try (TestNode node = new TestNode(folder)) {
        for (int i = 0; i < 4; i++) {
          node.startMiner(TestNode.miner(i, 1, "op-" + i % 2, 100 + i)); // P 1000..1003
        }
        node.startMiner(TestNode.miner(4, 5, "op-2", 50));
        node.done(TestNode.miner(5, 5, "op-3", 1)); // stays Stopped: in no offer, no operator
        node.startMiner(TestNode.miner(6, 5, "op-4", 70));
        node.done(new StopMiner(TestNode.minerId(6)));
        node.create(TestNode.spec(3, List.of(1), 1000, Map.of()));
        node.awaitState(state -> state.miners().active() == 3);
        node.create(TestNode.spec(4, List.of(2), 1000, Map.of()));
        node.create(TestNode.spec(1, List.of(3), 1000, Map.of()));
        JsonNode json =
            CoreJson.shown().valueToTree(new NetworkReads(node.engine, node.clock).network());
        assertThat(json.get("miners").toString())
            .isEqualTo("{\"Stopped\":1,\"Idle\":2,\"Active\":3,\"CoolingDown\":1}");
        assertThat(json.get("queue").asInt()).isEqualTo(2);
        assertThat(json.get("tiers").get(0).toString())
            .isEqualTo(
                "{\"tier\":1,\"miners\":4,\"idle\":1,"
                    + "\"gasPrice\":{\"min\":\"100\",\"median\":\"101\",\"p90\":\"103\"},"
                    + "\"medianPerformance\":1001}");
        assertThat(json.get("tiers").get(1).toString())
            .isEqualTo(
                "{\"tier\":2,\"miners\":0,\"idle\":0,\"gasPrice\":null,"
                    + "\"medianPerformance\":null}");
        assertThat(json.get("tiers").get(4).get("miners").asInt()).isEqualTo(1);
        JsonNode spread = json.get("decentralisation");
        // 2 and 1 active, op-2 and op-4 none: (2·(3·1 + 4·2) − 5·3) / (4·3) = 7/12
        assertThat(spread.get("nakamoto").asInt()).isEqualTo(1);
        assertThat(spread.get("gini").decimalValue()).isEqualTo(new BigDecimal("0.5833"));
        assertThat(spread.get("activeReplicasByOperator").size()).isEqualTo(2);
      }
    }
  }
}
