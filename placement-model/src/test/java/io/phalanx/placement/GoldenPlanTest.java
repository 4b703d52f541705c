package io.phalanx.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.exact.Shape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * The same problem, seed and step limits give the same plan in every process, on every JDK and
 * machine: these checksums were written by another. Whoever changes how plans are found renews them
 * from what the failing test prints; a different one on one JDK alone is a fault.
 */
class GoldenPlanTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();

  /** Only steps end it, however slow the machine is. */
  private static final SolveLimits LIMITS = new SolveLimits(7, Duration.ofDays(1), 200, 20_000);

  @Test
  void isTheSameWhereverItIsMade() {
    Shape contended = new Shape("contended", 400, 150, 40, 3, List.of(1, 3), 0, 1, 10, false);
    assertThat(
            List.of(
                checksum(Samples.random(1, 60, 40, 4)),
                checksum(Samples.random(2, 120, 100, 3)),
                checksum(contended.problem(3)),
                checksum(Shape.adversarial(200, 60, 8).problem(1)),
                checksum(Shape.adversarial(400, 120, 10).problem(2)),
                checksum(Shape.adversarial(1000, 300, 20).problem(3))))
        .containsExactly(
            "f7901ed4 after 0+0 steps",
            "e3c6a3b5 after 0+0 steps",
            "52202bca after 0+4 steps",
            "1b6f69a9 after 200+0 steps",
            "bf014b4b after 200+0 steps",
            "6e77ebf5 after 200+0 steps");
  }

  /** Of the lines and the steps that led to them. */
  private static String checksum(PlacementProblem problem) {
    PlacementPlan plan = ENGINE.solve(problem, LIMITS);
    CRC32 sum = new CRC32();
    for (Line line : plan.lines()) {
      sum.update(line.toString().getBytes(StandardCharsets.UTF_8));
    }
    return "%08x after %d+%d steps"
        .formatted(sum.getValue(), plan.exchangeSteps(), plan.searchSteps());
  }
}
