package io.phalanx.scheduler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String canonical(String text) throws JsonProcessingException {
    return new String(CanonicalJson.of(JSON.readTree(text)), UTF_8);
  }

  @Nested
  class Of {
    @Test
    void sortsNamesByTheirUtf16UnitsAsInTheRfc() throws JsonProcessingException {
      assertThat(
              canonical(
                  """
                  {"\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4,
                   "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": 7}"""))
          .isEqualTo(
              "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,"
                  + "\"\ufb33\":3}");
    }

    @Test
    void escapesAsInTheRfc() throws JsonProcessingException {
      assertThat(canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\""))
          .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
      assertThat(canonical("\"\\b\\t\\f\\r\\u007f\"")).isEqualTo("\"\\b\\t\\f\\r\u007f\"");
    }

    @Test
    void leavesNoSpaceAnywhere() throws JsonProcessingException {
      assertThat(canonical(" { \"b\" : [ 1 , { } , [ ] , null ] , \"a\" : [true, false, -7] } "))
          .isEqualTo("{\"a\":[true,false,-7],\"b\":[1,{},[],null]}");
    }

    @Test
    void isTheSameForEveryOrderOfTheMembers() {
      List<String> names = new ArrayList<>(List.of("a", "B", "aa", "é", "0", "\ud83d\ude00", ""));
      ObjectNode first = JsonNodeFactory.instance.objectNode();
      names.forEach(name -> first.put(name, name.length()));
      Random random = new Random(1);
      for (int i = 0; i < 50; i++) {
        Collections.shuffle(names, random);
        ObjectNode other = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> other.put(name, name.length()));
        assertThat(CanonicalJson.of(other)).isEqualTo(CanonicalJson.of(first));
      }
    }

    @Test
    void takesEveryIntegerThatIsExactEverywhere() throws JsonProcessingException {
      assertThat(canonical("[9007199254740991, -9007199254740991, -0, 0]"))
          .isEqualTo("[9007199254740991,-9007199254740991,0,0]");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"1.5", "1e3", "9007199254740992", "-9007199254740992", "99999999999999999999"})
    void refusesEveryOtherNumber(String number) throws JsonProcessingException {
      JsonNode value = JSON.readTree(number);
      assertThatThrownBy(() -> CanonicalJson.of(value))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db", "\ud83d\ud83d\ude00"})
    void refusesHalfASurrogatePair(String text) {
      JsonNode value = JsonNodeFactory.instance.textNode(text);
      assertThatThrownBy(() -> CanonicalJson.of(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
