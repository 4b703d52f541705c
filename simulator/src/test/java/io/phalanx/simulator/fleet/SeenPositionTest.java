package io.phalanx.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.http.Answer;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeenPositionTest {
  private final SeenPosition seen = new SeenPosition();

  private static Answer at(long position, long epoch) {
    return new Answer(200, position, epoch, false, 0, Buffer.buffer());
  }

  @Nested
  class Accepts {
    @Test
    void whatIsNotBelowTheNewestPositionSeen() {
      assertThat(seen.accepts(at(10, 1))).isTrue();
      assertThat(seen.accepts(at(9, 1))).isFalse();
      assertThat(seen.accepts(at(10, 1))).isTrue();
      assertThat(seen.accepts(at(11, 2))).isTrue();
    }

    @Test
    void nothingOfALeaderThatWasReplaced() {
      assertThat(seen.accepts(at(10, 2))).isTrue();
      assertThat(seen.accepts(at(12, 1))).isFalse();
    }

    @Test
    void anAnswerThatDoesNotSayAndForgetsNothingByIt() {
      assertThat(seen.accepts(at(10, 2))).isTrue();
      assertThat(seen.accepts(at(-1, -1))).isTrue();
      assertThat(seen.accepts(at(9, 2))).isFalse();
    }

    @Test
    void nothingBelowWhatAnIgnoredAnswerDidNotRaise() {
      seen.accepts(at(10, 2));
      seen.accepts(at(99, 1));
      assertThat(seen.accepts(at(11, 2))).isTrue();
    }
  }
}
