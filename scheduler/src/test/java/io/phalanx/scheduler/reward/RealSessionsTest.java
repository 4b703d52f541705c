package io.phalanx.scheduler.reward;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.unit.Amount;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Values at the start as Phala's chain stored them, block 2,700,000. */
class RealSessionsTest {

  /** In force on that day: re 1.5 exactly, rig_k as the chain's bits. */
  private static final RewardRules RULES = rules(new BigInteger("20496177340298682801"));

  private static RewardRules rules(BigInteger rigBits) {
    RewardRules rules = RewardRules.DEFAULT;
    return new RewardRules(
        Fixed.parse("1.5"),
        Fixed.ofBits(rigBits),
        rules.growth(),
        rules.step(),
        rules.costFactor(),
        rules.cost(),
        rules.slash(),
        rules.highestValue(),
        rules.confidence());
  }

  private static BigInteger bits(int tier, String stakePico, int performance) {
    return RULES.initialValue(Amount.parse(stakePico), performance, tier).bits();
  }

  private static Path shared(String file) {
    String named = System.getProperty("phalanx.shared");
    Path here = Path.of("").toAbsolutePath();
    Path folder =
        named != null
            ? Path.of(named)
            : Stream.iterate(here, path -> path != null, Path::getParent)
                .map(path -> path.resolveSibling("shared"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(here.resolve("absent"));
    Path found = folder.resolve("data").resolve(file);
    Assumptions.assumeTrue(Files.exists(found), "no shared data: " + found);
    return found;
  }

  @Test
  void areReproducedBitForBit() throws IOException {
    List<String> rows = Files.readAllLines(shared("tokenomics/ve_sessions.csv"));
    assertThat(rows).hasSizeGreaterThan(1_000);
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split(",", -1);
      assertThat(bits(Integer.parseInt(fields[1]), fields[2], Integer.parseInt(fields[3])))
          .as(row)
          .isEqualTo(new BigInteger(fields[4]));
    }
  }

  /**
   * By hand, in integers: 1.5 · (2,000.5 · 2^64 + 600 · rig bits), for a tier of full confidence.
   */
  @Test
  void areWhatIntegersSay() {
    BigInteger rig = new BigInteger("20496177340298682801").multiply(BigInteger.valueOf(600));
    BigInteger stake = BigInteger.valueOf(4_001).shiftLeft(63);
    BigInteger expected = stake.add(rig).multiply(BigInteger.valueOf(3)).shiftRight(1);
    assertThat(bits(2, "2000500000000000", 600)).isEqualTo(expected);
  }
}
