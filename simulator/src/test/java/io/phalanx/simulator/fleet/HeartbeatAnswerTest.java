package io.phalanx.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HeartbeatAnswerTest {
  @Nested
  class Read {
    @Test
    void takesEveryAssignmentAndSkipsWhatItDoesNotKnow() {
      String json =
          """
          {"new": {"state": "x", "deep": [1, {"id": 2}]}, "state": "Active",
           "nextHeartbeatIn": "PT2.5S", "sequence": 9, "assignments": [
           {"id": "a1", "deploymentId": "d1", "codeUri": null, "epoch": 4, "state": "Offered",
            "gasPrice": "12", "acknowledgeBy": null, "lastSequence": 3, "lastGasUsed": 70},
           {"extra": [[]], "id": "a2", "state": "Running"}]}
          """;
      assertThat(HeartbeatAnswer.read(Buffer.buffer(json)))
          .isEqualTo(
              new HeartbeatAnswer(
                  "Active",
                  2_500,
                  List.of(
                      new Offer("a1", "d1", "", 4, "Offered", BigInteger.valueOf(12), 3, 70),
                      new Offer("a2", "", "", 0, "Running", BigInteger.ZERO, 0, 0))));
    }

    @Test
    void isTheUsualForWhatIsNoAnswer() {
      assertThat(HeartbeatAnswer.read(Buffer.buffer("<html>")))
          .isEqualTo(new HeartbeatAnswer("", 10_000, List.of()));
    }

    @Test
    void hasNoAssignmentsInAnEmptyList() {
      assertThat(HeartbeatAnswer.read(Buffer.buffer("{\"assignments\":[],\"state\":\"Idle\"}")))
          .isEqualTo(new HeartbeatAnswer("Idle", 10_000, List.of()));
    }
  }

  @Nested
  class Millis {
    @Test
    void staysWithinBoundsWhateverTheServiceSays() {
      assertThat(HeartbeatAnswer.millis("PT10S")).isEqualTo(10_000);
      assertThat(HeartbeatAnswer.millis("PT0S")).isEqualTo(20);
      assertThat(HeartbeatAnswer.millis("P9999D")).isEqualTo(3_600_000);
      assertThat(HeartbeatAnswer.millis("soon")).isEqualTo(10_000);
    }
  }

  @Nested
  class WorkloadOf {
    @Test
    void isWhatTheCodeUriSays() {
      Duration runsFor = Duration.ofMillis(1_234);
      assertThat(Workload.of(Workload.codeUri(runsFor))).isEqualTo(runsFor);
    }

    @Test
    void isEightSecondsForAStrangersContract() {
      assertThat(Workload.of("ipfs://something")).isEqualTo(Duration.ofSeconds(8));
    }
  }
}
