package io.phalanx.loadtests.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScaleModelTest {
  private static final Offset<Double> EXACT = within(1e-6);

  /** Leader 100, taker 40, follower 20, database 30 and 2 for each node more, serial 10. */
  private static final ScaleModel MODEL = new ScaleModel(100, 40, 20, 30, 2, 10, 25, 5, 60);

  private static final double BUDGET = 8 * 0.6 * 1e6;

  @Nested
  class Writes {
    @Test
    void areTheLeastOfWhatLeaderThreadAndDatabaseBear() {
      assertThat(MODEL.byLeader()).isEqualTo(BUDGET / 100, EXACT);
      assertThat(MODEL.bySerial()).isEqualTo(60_000, EXACT);
      assertThat(MODEL.writes(3)).isEqualTo(BUDGET / 100, EXACT);
    }

    @Test
    void fallWithTheNodesThatReadTheDatabase() {
      assertThat(MODEL.byDatabase(1_000)).isEqualTo(BUDGET / (30 + 999 * 2), EXACT);
      assertThat(MODEL.writes(1_000)).isEqualTo(MODEL.byDatabase(1_000), EXACT);
    }
  }

  @Nested
  class Reads {
    @Test
    void haveWhatFollowersDoNotNeedForWrites() {
      assertThat(MODEL.reads(3, 0)).isEqualTo(2 * BUDGET / 25, EXACT);
      assertThat(MODEL.reads(3, 1_000))
          .isEqualTo((2 * BUDGET - 1_000 * 20 - 1_000 * 40) / 25, EXACT);
      assertThat(MODEL.reads(2, 1e9)).isZero();
    }

    @Test
    void haveWhatTheDatabaseDoesNotNeedForWrites() {
      assertThat(MODEL.reads(100, 0)).isEqualTo(BUDGET / 5, EXACT);
      assertThat(MODEL.reads(100, 1_000)).isEqualTo((BUDGET - 1_000 * (30 + 99 * 2)) / 5, EXACT);
    }
  }

  @Nested
  class Miners {
    @Test
    void areBoundByThePartThatIsFullFirst() {
      double perSecond = 1 / 30.0 + 1 / 60.0;
      assertThat(ScaleModel.requestsOfAMiner()).isEqualTo(perSecond, EXACT);
      assertThat(MODEL.miners(3)).isEqualTo(BUDGET / 100 / perSecond, EXACT);
      ScaleModel slowThread = new ScaleModel(100, 40, 20, 30, 2, 1_000, 25, 5, 60);
      assertThat(slowThread.miners(3)).isEqualTo(600 * 60.0, EXACT);
    }
  }
}
