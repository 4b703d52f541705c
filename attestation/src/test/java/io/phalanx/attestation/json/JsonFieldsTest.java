package io.phalanx.attestation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {

  private static JsonFields read(String json) throws RejectedException {
    return JsonFields.parse(Bytes.utf8(json), 100_000, RejectReason.COLLATERAL_IS_MALFORMED);
  }

  @Test
  void readsEachType() throws RejectedException {
    JsonFields fields =
        read(
            "{\"s\":\"x\",\"h\":\"0aFF\",\"i\":7,\"t\":\"2026-01-15T00:00:00Z\","
                + "\"o\":{\"i\":1},\"a\":[{\"i\":2}],\"n\":null,\"l\":[\"x\"]}");
    assertThat(fields.text("s")).isEqualTo("x");
    assertThat(fields.text("none", "other")).isEqualTo("other");
    assertThat(fields.hex("h", 2).hex()).isEqualTo("0aff");
    assertThat(fields.integer("i", 7)).isEqualTo(7);
    assertThat(fields.time("t")).isEqualTo(Instant.parse("2026-01-15T00:00:00Z"));
    assertThat(fields.object("o").integer("i", 1)).isOne();
    assertThat(fields.objects("a", 1)).hasSize(1);
    assertThat(fields.objects("none", 1)).isEmpty();
    assertThat(fields.texts("l", 1)).containsExactly("x");
    assertThat(fields.has("n")).isFalse();
  }

  @Test
  void namesTheFieldThatIsWrong() {
    assertThatThrownBy(() -> read("{\"i\":8}").integer("i", 7)).hasMessageContaining("field i");
    assertThatThrownBy(() -> read("{\"i\":-1}").integer("i", 7)).hasMessageContaining("field i");
    assertThatThrownBy(() -> read("{\"i\":1.0}").integer("i", 7)).hasMessageContaining("field i");
    assertThatThrownBy(() -> read("{\"i\":\"7\"}").integer("i", 7)).hasMessageContaining("field i");
    assertThatThrownBy(() -> read("{\"h\":\"abc\"}").hex("h")).hasMessageContaining("field h");
    assertThatThrownBy(() -> read("{\"h\":\"ab\"}").hex("h", 2)).hasMessageContaining("field h");
    assertThatThrownBy(() -> read("{\"t\":\"now\"}").time("t")).hasMessageContaining("field t");
    assertThatThrownBy(() -> read("{\"a\":[1]}").objects("a", 1)).hasMessageContaining("field a");
    assertThatThrownBy(() -> read("{\"a\":[{},{}]}").objects("a", 1))
        .hasMessageContaining("field a");
    assertThatThrownBy(() -> read("{\"a\":[1]}").texts("a", 1)).hasMessageContaining("field a");
    assertThatThrownBy(() -> read("{}").object("o")).hasMessageContaining("field o");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "1",
        "[]",
        "{",
        "{} x",
        "{}{}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":1,}",
        "\uFEFF{\"a\":",
        "{\"a\":123456789012345678901}"
      })
  void refusesWhatIsNoObject(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(RejectedException.class);
  }

  @Test
  void refusesInvalidUtf8() {
    Bytes invalid = Bytes.ofHex("7b2261223a22ff227d").orElseThrow();
    assertThatThrownBy(() -> JsonFields.parse(invalid, 100, RejectReason.COLLATERAL_IS_MALFORMED))
        .isInstanceOf(RejectedException.class);
  }

  @Test
  void isBoundedInLengthAndDepth() {
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(50_000)))
        .isInstanceOf(RejectedException.class);
    assertThatThrownBy(() -> read(" ".repeat(100_001))).isInstanceOf(RejectedException.class);
    assertThatThrownBy(() -> read("{\"" + "n".repeat(70) + "\":1}"))
        .isInstanceOf(RejectedException.class);
  }
}
