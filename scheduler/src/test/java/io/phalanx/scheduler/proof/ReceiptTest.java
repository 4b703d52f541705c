package io.phalanx.scheduler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static Receipt drawn(SplittableRandom random, @Nullable String signature) {
    return new Receipt(
        Receipt.idAt(random.nextLong(1L << 50)),
        new DeploymentId("d-" + Long.toString(random.nextLong(1L << 40), 36)),
        new AssignmentId("a-" + Long.toString(random.nextLong(1L << 40), 36)),
        new MinerId(String.format("%064x", random.nextLong() >>> 1)),
        random.nextLong(1L << 53),
        random.nextLong(1L << 53),
        random.nextLong(1L << 53),
        GasPrice.of(1 + random.nextLong(1L << 40)),
        Amount.of(random.nextLong(1L << 60)),
        Amount.of(random.nextInt(2) * random.nextLong(1L << 60)),
        Timestamps.text(random.nextLong(1L << 42)),
        signature);
  }

  @Nested
  class CanonicalBytes {
    @Test
    void areTheCanonicalFormOfItsJson() {
      long seed = 5;
      SplittableRandom random = new SplittableRandom(seed);
      String[] signatures = {null, "", "AAAA+/==", "\"\\\u0001\n", "\u00e4\ud83d\ude00"};
      for (int i = 0; i < 1_000; i++) {
        Receipt receipt = drawn(random, signatures[i % signatures.length]);
        assertThat(receipt.canonical())
            .as("%s, seed %d", receipt, seed)
            .isEqualTo(CanonicalJson.of(receipt.json()));
      }
    }
  }
}
