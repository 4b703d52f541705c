package io.phalanx.scheduler.id;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is kept of an idempotency key. */
final class KeyMarkTest {

  private static final KeyMark MARK = KeyMark.of("abc", "".getBytes(UTF_8));

  /** SHA-256 of "abc" is the example of FIPS 180-4; that of nothing is known as well. */
  @Test
  void isTheWholeDigestOfTheScopeAndHalfOfTheBodys() {
    assertThat(MARK.scope())
        .isEqualTo(
            new KeyScope(
                0xba7816bf8f01cfeaL,
                0x414140de5dae2223L,
                0xb00361a396177a9cL,
                0xb410ff61f20015adL));
    assertThat(MARK.bodyHigh()).isEqualTo(0xe3b0c44298fc1c14L);
    assertThat(MARK.bodyLow()).isEqualTo(0x9afbf4c8996fb924L);
  }

  @Test
  void isReadAsItIsWritten() {
    assertThat(MARK.text()).hasSize(64);
    assertThat(KeyMark.parse(MARK.text())).isEqualTo(MARK);
  }

  @Test
  void refusesAnotherLength() {
    assertThatThrownBy(() -> KeyMark.parse("AAAA")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsBodiesApart() {
    assertThat(MARK.hasBodyOf(KeyMark.of("other", "".getBytes(UTF_8)))).isTrue();
    assertThat(MARK.hasBodyOf(KeyMark.of("abc", "x".getBytes(UTF_8)))).isFalse();
  }
}
