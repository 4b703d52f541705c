package io.phalanx.simulator.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SettlementBookTest {
  private final SettlementBook book = new SettlementBook();

  private static Settlement settlement(int number, String root, String previous) {
    return Settlement.read(
        Buffer.buffer(
            """
            {"number": %d, "root": "%s", "previousRoot": "%s", "total": "10",
             "lines": [{"fee": "7", "treasury": "1"}, {"fee": "2", "treasury": "0"}]}
            """
                .formatted(number, root, previous)));
  }

  @Nested
  class Receive {
    @Test
    void takesAChainInOrder() {
      assertThat(book.receive("settlement-1", settlement(1, "aa", ""))).isTrue();
      assertThat(book.receive("settlement-2", settlement(2, "bb", "aa"))).isTrue();
      assertThat(book.faults()).isEmpty();
      assertThat(book.size()).isEqualTo(2);
      assertThat(book.total()).isEqualTo(BigInteger.valueOf(20));
    }

    @Test
    void countsARepeatedDeliveryOnce() {
      book.receive("settlement-1", settlement(1, "aa", ""));
      assertThat(book.receive("settlement-1", settlement(1, "aa", ""))).isFalse();
      assertThat(book.duplicates()).isOne();
      assertThat(book.total()).isEqualTo(BigInteger.TEN);
      assertThat(book.faults()).isEmpty();
    }

    @Test
    void namesOtherBytesUnderTheSameNumber() {
      book.receive("settlement-1", settlement(1, "aa", ""));
      book.receive("settlement-1", settlement(1, "ab", ""));
      assertThat(book.faults()).containsExactly("settlement 1 came again with other bytes");
    }

    @Test
    void namesAWrongKeyASkippedNumberAndABrokenChain() {
      book.receive("settlement-2", settlement(1, "aa", ""));
      book.receive("settlement-3", settlement(3, "cc", "aa"));
      book.receive("settlement-4", settlement(4, "dd", "ee"));
      assertThat(book.faults())
          .containsExactly(
              "settlement 1 came under the key 'settlement-2'",
              "settlement 3 came after 1",
              "settlement 4 does not follow the root of 3");
    }

    @Test
    void namesATotalThatIsNotTheSumOfItsLines() {
      book.receive(
          "settlement-1", Settlement.read(Buffer.buffer("{\"number\": 1, \"total\": \"5\"}")));
      assertThat(book.faults()).containsExactly("settlement 1 says 5, lines 0");
    }

    @Test
    void namesWhatIsNoSettlement() {
      book.receive("", Settlement.read(Buffer.buffer("nonsense")));
      assertThat(book.faultCount()).isEqualTo(2);
    }
  }
}
