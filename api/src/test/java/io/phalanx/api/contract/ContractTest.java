package io.phalanx.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.json.Parsed;
import io.phalanx.api.json.StrictJson;
import io.phalanx.api.support.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ContractTest {
  private static final Contract CONTRACT = TestServer.CONTRACT;

  private static Operation operation(String id) {
    return CONTRACT.operations().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  private static Parsed.Document document(String json) {
    return (Parsed.Document) StrictJson.parse(json.getBytes(UTF_8));
  }

  private static List<String> faults(String operation, String body) {
    return operation(operation).bodyFaults(document(body)).stream()
        .map(fault -> fault.pointer() + " " + fault.detail())
        .toList();
  }

  static Stream<Operation> operations() {
    return CONTRACT.operations().stream();
  }

  static Stream<Operation> withBodies() {
    return operations().filter(operation -> operation.bodyRule().isPresent());
  }

  @Nested
  class Document {
    @Test
    void isOpenApi31AndNamesEachOperationOnce() {
      assertThat(CONTRACT.document().path("openapi").asString()).isEqualTo("3.1.0");
      assertThat(CONTRACT.operations()).extracting(Operation::id).doesNotHaveDuplicates();
      assertThat(CONTRACT.operations()).hasSizeGreaterThan(40);
    }

    /** As in {@code {description: The text, to the byte}}, which YAML takes for two entries. */
    @Test
    void saysNothingThatYamlCutInTwo() {
      assertThat(cut(CONTRACT.document().path("components").path("schemas"), "")).isEmpty();
      assertThat(cut(CONTRACT.document().path("paths"), "")).isEmpty();
    }

    private static List<String> cut(JsonNode node, String at) {
      List<String> found = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String here = at + "/" + entry.getKey();
        if (!Set.of("example", "examples", "default", "enum").contains(entry.getKey())) {
          if (entry.getValue().isNull()) {
            found.add(here);
          }
          found.addAll(cut(entry.getValue(), here));
        }
      }
      return found;
    }

    @Test
    void refersOnlyToWhatIsThere() {
      List<JsonNode> references = CONTRACT.document().findValues("$ref");
      assertThat(references).hasSizeGreaterThan(300);
      assertThat(references)
          .allSatisfy(
              reference ->
                  assertThat(
                          CONTRACT.document().at(reference.asString().substring(1)).isMissingNode())
                      .as(reference.asString())
                      .isFalse());
    }

    @Test
    void hasAValueForEveryKey() {
      List<String> without = new ArrayList<>();
      collectKeysWithoutValue(CONTRACT.document(), "", without);
      assertThat(without).as("such as what follows an unquoted comma").isEmpty();
    }

    private static void collectKeysWithoutValue(JsonNode node, String at, List<String> without) {
      if (node.isArray()) {
        node.forEach(item -> collectKeysWithoutValue(item, at, without));
      }
      node.forEachEntry(
          (key, value) -> {
            if (value.isNull() && !key.equals("default")) {
              without.add(at + "/" + key);
            } else if (!key.equals("examples")) {
              collectKeysWithoutValue(value, at + "/" + key, without);
            }
          });
    }

    @Test
    void describesWhatEveryAnswerHas() {
      JsonNode created = CONTRACT.document().at("/paths/~1v1~1deployments/post/responses/201");
      assertThat(created.path("headers").propertyNames())
          .contains("Request-Id", "Journal-Position", "Leader-Epoch", "Cache-Control", "Location");
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyOperationSaysWhatItDoesAndHowItFails(Operation operation) {
    JsonNode node =
        CONTRACT
            .document()
            .path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(java.util.Locale.ROOT));
    assertThat(node.path("summary").asString()).isNotBlank();
    assertThat(node.path("tags")).hasSize(1);
    assertThat(node.path("responses").propertyNames()).contains("400");
    if (operation.bodyRule().isPresent()) {
      assertThat(node.path("responses").propertyNames()).contains("413", "415", "422");
    }
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void everyRequestBodyIsClosedAndItsExamplesAreValid(Operation operation) {
    JsonNode whole = operation.bodyRule().orElseThrow().described();
    for (JsonNode schema : whole.has("anyOf") ? whole.path("anyOf") : List.of(whole)) {
      isClosedAndItsExamplesAreValid(operation, schema);
    }
  }

  private static void isClosedAndItsExamplesAreValid(Operation operation, JsonNode schema) {
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(faults(operation.id(), "{\"surely-unknown\": 1}"))
        .contains("/surely-unknown is not a known field");
    for (JsonNode example : schema.path("examples")) {
      assertThat(faults(operation.id(), example.toString())).isEmpty();
    }
    assertThat(
            schema.path("examples").size() + (schema.path("maxProperties").asInt(1) == 0 ? 1 : 0))
        .isPositive();
  }

  @Nested
  class Faults {
    @Test
    void areNamedAllAtOnceInSentences() {
      String body =
          """
          {"tiers": [0, 1, "x"], "codehash": "0x", "maxGasPrice": "0", "budget": 1,
           "replicas": 2.0, "minReplicas": 3, "regions": ["EU", "eu\\n"], "preference": "best",
           "queueTimeout": "PT", "lifetime": "PT0S", "labels": {"": "x", "a/b": "\\n"},
           "minPerformance": null, "a/b~c": 1}""";
      assertThat(faults("createDeployment", body))
          .containsExactlyInAnyOrder(
              "/codeHash is required",
              "/codehash is not a known field; did you mean 'codeHash'?",
              "/a~1b~0c is not a known field",
              "/tiers/0 must be from 1 to 5",
              "/tiers/2 must be an integer, not a string",
              "/maxGasPrice must be a decimal string of pico-PHA above 0 such as \"5000000000000\"",
              "/budget must be a string, not a number",
              "/replicas must be an integer without fraction or exponent",
              "/regions/0 must be 1 to 64 characters of a-z, 0-9 and -",
              "/regions/1 must be 1 to 64 characters of a-z, 0-9 and -",
              "/preference must be one of balanced, secure, fast, cheap",
              "/queueTimeout must be an ISO 8601 duration of days, hours, minutes and seconds such"
                  + " as \"PT10M\"",
              "/lifetime must be longer than nothing",
              "/labels must have names of 1 to 64 letters, digits, dots, dashes, underscores and"
                  + " slashes",
              "/labels/a~1b must have no control characters",
              "/minPerformance must be an integer, not null");
    }

    @Test
    void ofCountsFitEachOther() {
      String valid =
          "\"codeHash\": \"0x"
              + "0".repeat(64)
              + "\", \"tiers\": [1], \"maxGasPrice\": \"1\","
              + " \"budget\": \"1\"}";
      assertThat(faults("createDeployment", "{\"minReplicas\": 2, " + valid))
          .containsExactly("/minReplicas must not be more than replicas");
      assertThat(faults("createDeployment", "{\"minReplicas\": 99999999999999999999, " + valid))
          .containsExactly("/minReplicas must be from 1 to 1000");
      assertThat(faults("createDeployment", "{\"replicas\": 2, \"minReplicas\": 2, " + valid))
          .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "P1D, true", "PT24H, true", "PT1M30.5S, true", "P1DT1S, false", "PT0S, false", "P1Y, false",
      "P1M, false", "P1W, false", "PT, false", "P, false", "PT1.5H, false", "-PT1H, false",
      "pt1h, false", "PT999999999H, false"
    })
    void ofDurationsAreBounded(String text, boolean valid) {
      String body = "{\"reason\": \"r\", \"drainWithin\": \"" + text + "\"}";
      assertThat(faults("cordonMiner", body).isEmpty()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "3", "null", "true"})
    void ofWhatIsNoObject(String body) {
      assertThat(faults("deposit", body)).hasSize(1).first().asString().contains("an object");
    }

    @Test
    void ofAPatchLetNullPass() {
      assertThat(faults("patchDeployment", "{\"name\": null, \"labels\": {\"a\": null}}"))
          .isEmpty();
      assertThat(faults("patchDeployment", "{\"name\": 5, \"codeHash\": \"0x\", \"tiers\": null}"))
          .containsExactlyInAnyOrder(
              "/name must be a string, not a number",
              "/codeHash is not a known field",
              "/tiers must be an array, not null");
    }

    @Test
    void ofAReadingNameItsPlace() {
      String body = "{\"readings\": [{\"assignmentId\": \"a\", \"epoch\": -1, \"sequence\": 1}]}";
      assertThat(faults("reportGas", body))
          .containsExactlyInAnyOrder(
              "/readings/0/gasUsed is required",
              "/readings/0/epoch must be from 0 to 9007199254740991");
    }
  }

  @Nested
  class Patterns {
    @Test
    void thatAreReadByTableMeanWhatTheyMeanInEcma262() {
      SplittableRandom random = new SplittableRandom(7);
      List<String> patterns =
          CONTRACT.document().findValuesAsString("pattern").stream().distinct().toList();
      assertThat(patterns).hasSizeGreaterThan(10);
      for (String pattern : patterns) {
        var rule = TextPattern.compile(pattern);
        Pattern regex = Pattern.compile(pattern.replaceAll("\\$$", "\\\\z"));
        for (int i = 0; i < 3_000; i++) {
          String text = random(random, pattern);
          assertThat(rule.matches(text))
              .as(pattern + " on " + text)
              .isEqualTo(regex.matcher(text).find());
        }
      }
    }

    private String random(SplittableRandom random, String pattern) {
      String alphabet = "0123456789abcxyzAZ-_+/=.:PTDHMS x\n" + pattern;
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : "0x");
      int length = random.nextInt(4) == 0 ? random.nextInt(60, 70) : random.nextInt(12);
      int narrow = random.nextBoolean() ? 10 : alphabet.length();
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(narrow)));
      }
      return text.toString();
    }
  }
}
