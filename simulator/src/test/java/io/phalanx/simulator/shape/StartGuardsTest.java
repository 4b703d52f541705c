package io.phalanx.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartGuardsTest {
  private static MinerSpec miner(int tier, int performance, String stakePico) {
    BigInteger stake = new BigInteger(stakePico);
    return new MinerSpec("m", tier, performance, "op", "eu", 1, stake, true);
  }

  @Nested
  class MinimumStakePha {
    @ParameterizedTest
    @CsvSource({"0,0", "100,500", "1000,1582", "10000,5000"})
    void isFiftyTimesTheRootRoundedUp(int performance, long pha) {
      assertThat(StartGuards.minimumStakePha(performance)).isEqualTo(pha);
    }
  }

  @Nested
  class Refusing {
    @Test
    void namesPerformanceBelowFifty() {
      assertThat(StartGuards.refusing(miner(1, 49, "9000000000000000"))).isEqualTo("performance");
      assertThat(StartGuards.refusing(miner(1, 50, "9000000000000000"))).isEqualTo("other");
    }

    @Test
    void namesAStakeOnePicoShort() {
      assertThat(StartGuards.refusing(miner(1, 100, "499999999999999"))).isEqualTo("stake");
      assertThat(StartGuards.refusing(miner(1, 100, "500000000000000"))).isEqualTo("other");
    }

    @Test
    void namesAnInitialValueAboveTheCap() {
      assertThat(StartGuards.refusing(miner(1, 1_000, "19700000000000000"))).isEqualTo("other");
      assertThat(StartGuards.refusing(miner(1, 1_000, "19700000000000001"))).isEqualTo("value");
      assertThat(StartGuards.refusing(miner(5, 1_000, "19700000000000001"))).isEqualTo("other");
    }

    @Test
    void agreesWithTheGreatestStakeOfEachTier() {
      for (int tier = 1; tier <= 5; tier++) {
        String zeros = "000000000000";
        long most = StartGuards.maximumStakePha(tier, 1_800);
        assertThat(StartGuards.refusing(miner(tier, 1_800, most + zeros))).isEqualTo("other");
        assertThat(StartGuards.refusing(miner(tier, 1_800, most + 1 + zeros))).isEqualTo("value");
      }
    }
  }
}
