package io.phalanx.loadtests.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Valid bodies with one to three things wrong or odd, from a seed. */
final class Mutator {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Stands in a tree for what Jackson would not write. */
  private static final String RAW = "@raw@";

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "1.5",
          "1e3",
          "1E400",
          "-0",
          "NaN",
          "01",
          "+1",
          "9007199254740991",
          "9007199254740992",
          "9223372036854775807",
          "9223372036854775808",
          "10000000000000000000000000000000000000000",
          "1e-400",
          "{}",
          "[]",
          "[null]",
          "{\"a\":{}}",
          "\"\"",
          "\" \"",
          "\"-5\"",
          "\"1e5\"",
          "\"00\"",
          "\"1.0\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"\ud83d\ude00\"",
          "\"PT0S\"",
          "\"-PT1S\"",
          "\"P1Y\"",
          "\"PT999999999999999H\"",
          "\"P99999999999999999999D\"",
          "\"PT1H\"",
          "\"2026-01-01T00:00:00Z\"",
          "\"..\"",
          "\"999999999999999999999999999999\"",
          "\"9999999999999999999999999999999\"",
          "\"A\"",
          "\"UPPER\"",
          "\"balanced\"",
          "\"a b\"",
          "\"'; DROP TABLE journal; --\"",
          "\"" + "a".repeat(65) + "\"",
          "\"" + "x".repeat(9_000) + "\"",
          "[".repeat(20) + "]".repeat(20),
          "[".repeat(15) + "]".repeat(15),
          "[" + "1,".repeat(2_100) + "1]",
          "{" + "\"k\":1,".repeat(3) + "\"k\":2}");

  private final SplittableRandom random;

  Mutator(SplittableRandom random) {
    this.random = random;
  }

  /** Another body made of this one. */
  byte[] mutate(String valid) throws JsonProcessingException {
    JsonNode tree = JSON.readTree(valid);
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      change(tree);
    }
    String text = JSON.writeValueAsString(tree);
    for (int i = 0; i < VALUES.size(); i++) {
      text = text.replace("\"" + RAW + i + RAW + "\"", VALUES.get(i));
    }
    return random.nextInt(5) == 0 ? damage(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private void change(JsonNode tree) {
    List<ContainerNode<?>> containers = new ArrayList<>();
    collect(tree, containers);
    if (containers.isEmpty()) {
      return;
    }
    ContainerNode<?> chosen = containers.get(random.nextInt(containers.size()));
    if (chosen instanceof ObjectNode object) {
      change(object);
    } else if (chosen instanceof ArrayNode array) {
      change(array);
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
    if (node instanceof ContainerNode<?> container) {
      containers.add(container);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    int kind = names.isEmpty() ? 0 : random.nextInt(6);
    String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
    switch (kind) {
      case 0 -> object.set("unheardOf" + random.nextInt(3), value());
      case 1 -> object.remove(name);
      case 2 -> {
        JsonNode moved = object.remove(name);
        object.set(name + " ", moved);
      }
      case 3 -> object.set(name, object.deepCopy());
      default -> object.set(name, value());
    }
  }

  private void change(ArrayNode array) {
    int kind = array.isEmpty() ? 0 : random.nextInt(4);
    switch (kind) {
      case 0 -> array.add(value());
      case 1 -> array.remove(random.nextInt(array.size()));
      case 2 -> array.add(array.get(random.nextInt(array.size())).deepCopy());
      default -> array.set(random.nextInt(array.size()), value());
    }
  }

  private TextNode value() {
    return TextNode.valueOf(RAW + random.nextInt(VALUES.size()) + RAW);
  }

  /** Damage that leaves no tree. */
  private byte[] damage(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(Math.max(1, bytes.length));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> (text + text).getBytes(StandardCharsets.UTF_8);
      case 2 -> (text + " ".repeat(70_000)).getBytes(StandardCharsets.UTF_8);
      case 3 ->
          text.replaceFirst("\\{", "{\"name\":1,\"name\":2,").getBytes(StandardCharsets.UTF_8);
      case 4 -> text.getBytes(StandardCharsets.UTF_16);
      default -> {
        if (bytes.length > 0) {
          bytes[at] = (byte) random.nextInt(256);
        }
        yield bytes;
      }
    };
  }
}
