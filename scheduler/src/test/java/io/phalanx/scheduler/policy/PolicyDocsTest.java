package io.phalanx.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.codec.CoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the policy says what the code says. */
final class PolicyDocsTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-zA-Z.]+[0-9]?)` \\| (\\S+)( \\(P\\))? \\|", Pattern.MULTILINE);

  @Test
  void namesEveryFigureWithItsDefault() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "reference", "policy.md"));
    Map<String, String> documented = new TreeMap<>();
    Matcher rows = ROW.matcher(page);
    while (rows.find()) {
      documented.put(rows.group(1), rows.group(2));
    }
    Map<String, String> coded = new TreeMap<>();
    JsonNode policy = CoreJson.shown().valueToTree(Policy.DEFAULT);
    policy
        .fields()
        .forEachRemaining(
            group ->
                group
                    .getValue()
                    .fields()
                    .forEachRemaining(
                        figure ->
                            coded.put(
                                group.getKey() + "." + figure.getKey(), text(figure.getValue()))));
    assertThat(documented).isEqualTo(coded);
  }

  private static String text(JsonNode figure) {
    if (!figure.isArray()) {
      return figure.asText();
    }
    List<String> entries = new ArrayList<>();
    figure.forEach(entry -> entries.add(entry.asText()));
    return entries.isEmpty() ? "any" : String.join(",", entries);
  }
}
