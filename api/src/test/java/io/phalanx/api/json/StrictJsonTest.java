package io.phalanx.api.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class StrictJsonTest {

  private static JsonNode accepted(String text) {
    Parsed parsed = StrictJson.parse(text.getBytes(UTF_8));
    assertThat(parsed).isInstanceOf(Parsed.Document.class);
    return ((Parsed.Document) parsed).root();
  }

  private static Parsed.Malformed refused(byte[] text) {
    Parsed parsed = StrictJson.parse(text);
    assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
    return (Parsed.Malformed) parsed;
  }

  private static Parsed.Malformed refused(String text) {
    return refused(text.getBytes(UTF_8));
  }

  @Nested
  class Parse {
    @Test
    void readsEveryKindOfValue() {
      String text =
          "{\"a\":[1,-2,9007199254740991,99999999999999999999,1.5,true,false,null,\"ü😀\\n\"]}";
      assertThat(accepted(text)).hasToString(new ObjectMapper().readTree(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "[1,]",
          "{\"a\":1,}",
          "{a:1}",
          "{'a':1}",
          "NaN",
          "[Infinity]",
          "[-]",
          "[01]",
          "[1.]",
          "[.5]",
          "[+1]",
          "// x\n{}",
          "[tru]",
          "[\"\\x\"]",
          "[\"\t\"]",
          "{} {}",
          "{}x",
          "]"
        })
    void refusesWhatIsNotJson(String text) {
      assertThat(refused(text).detail()).isNotBlank().doesNotContain("Feature").endsWith(".");
    }

    @Test
    void refusesAFieldGivenTwice() {
      assertThat(refused("{\"a\":1,\"b\":2,\"a\":1}").detail()).contains("'a' is given twice");
      assertThat(refused("{\"a\":1,\"\\u0061\":1}").detail()).contains("'a' is given twice");
    }

    @Test
    void refusesAByteOrderMark() {
      assertThat(refused("\uFEFF{}").detail()).contains("byte order mark");
    }

    @Test
    void refusesOtherEncodings() {
      assertThat(refused("{\"a\":1}".getBytes(UTF_16LE)).detail()).contains("NUL");
      assertThat(refused("[\"\u00e9\"]".getBytes(ISO_8859_1)).detail()).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "c0af",
          "c080",
          "e08080",
          "eda080",
          "edbfbf",
          "f08080af",
          "f4908080",
          "f5808080",
          "80",
          "c3",
          "e282",
          "f09f98",
          "fe",
          "ff",
          "00"
        })
    void refusesInvalidUtf8(String hex) {
      byte[] bad = java.util.HexFormat.of().parseHex(hex);
      byte[] text = new byte[bad.length + 4];
      text[0] = '[';
      text[1] = '"';
      System.arraycopy(bad, 0, text, 2, bad.length);
      text[text.length - 2] = '"';
      text[text.length - 1] = ']';
      assertThat(refused(text).offset()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800a\"]", "{\"\\udfff\":1}"})
    void refusesLoneSurrogates(String text) {
      assertThat(refused(text).detail()).contains("surrogate");
    }

    @Test
    void readsASurrogatePair() {
      assertThat(accepted("[\"\\ud83d\\ude00\"]").get(0).asString()).isEqualTo("😀");
    }
  }

  @Nested
  class Limits {
    @Test
    void allowDepth16AndNoMore() {
      accepted("[".repeat(16) + "]".repeat(16));
      assertThat(refused("[".repeat(17) + "]".repeat(17)).detail()).contains("deeper than 16");
    }

    @Test
    void holdAgainst100000OpenArrays() {
      assertThat(refused("[".repeat(100_000)).detail()).contains("deeper than 16");
      assertThat(refused("{\"a\":".repeat(100_000)).detail()).contains("deeper than 16");
    }

    @Test
    void allowStringsOf65536AndNoMore() {
      accepted("[\"" + "a".repeat(65_536) + "\"]");
      assertThat(refused("[\"" + "a".repeat(65_537) + "\"]").detail()).contains("65536");
      assertThat(refused("[\"" + "a".repeat(100_000) + "\"]").detail()).contains("65536");
    }

    @Test
    void allowNamesOf64AndNoMore() {
      accepted("{\"" + "a".repeat(64) + "\":1}");
      assertThat(refused("{\"" + "a".repeat(65) + "\":1}").detail()).contains("64");
      assertThat(refused("{\"" + "a".repeat(9_000) + "\":1}").detail()).contains("64");
    }

    @Test
    void allowNumbersOf20CharactersAndNoMore() {
      accepted("[" + "9".repeat(20) + "]");
      assertThat(refused("[" + "9".repeat(21) + "]").detail()).contains("20");
      assertThat(refused("[1e" + "9".repeat(30) + "]").detail()).contains("20");
      assertThat(refused("[0." + "9".repeat(30) + "]").detail()).contains("20");
    }
  }

  @Test
  void neverThrowsOnRandomOrMutatedBytes() {
    SplittableRandom random = new SplittableRandom(20261122);
    byte[] seed =
        "{\"codeHash\":\"0x9f\\u00e9\",\"tiers\":[1,2,3],\"labels\":{\"t\":\"ü\"},\"b\":-1.5e3}"
            .getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] text = seed.clone();
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      refused += StrictJson.parse(text) instanceof Parsed.Malformed ? 1 : 0;
    }
    assertThat(refused).isBetween(10_000, 49_999);
  }
}
