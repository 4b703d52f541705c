package io.phalanx.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is worth an alert: rules, table and metrics say the same. */
class AlertDocsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$");
  private static final Pattern METRIC = Pattern.compile("\\b(phalanx_[a-z_]+)");
  private static final Pattern SELECTOR =
      Pattern.compile("(phalanx_[a-z_]+)\\{([a-z]+=\"[^\"]+\")");
  private static final List<String> FILES =
      List.of("../deploy/prometheus/rules.yaml", "../deploy/grafana/phalanx.json");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(phalanx\\.[a-z.]+)` \\|");
  private static final Pattern TAIL =
      Pattern.compile("_(total|seconds_(sum|count|max|bucket)|count|sum|max)$");

  private static List<JsonNode> rules() throws IOException {
    JsonNode file =
        new YAMLMapper().readTree(Files.readString(Path.of("../deploy/prometheus/rules.yaml")));
    return StreamSupport.stream(file.path("groups").path(0).path("rules").spliterator(), false)
        .toList();
  }

  @Test
  void tableHasEveryRule() throws IOException {
    List<String> table =
        ROW.matcher(Files.readString(Path.of("../docs/operating/alerts.md")))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();
    assertThat(table)
        .isNotEmpty()
        .containsExactlyElementsOf(
            rules().stream()
                .map(
                    rule ->
                        rule.path("alert").asString()
                            + " "
                            + rule.path("labels").path("severity").asString())
                .toList());
  }

  /** An alert that asks for a value that no series has never fires. */
  @Test
  void filesAskOnlyForValuesOfLabelsThatThereAre(@TempDir Path folder) throws IOException {
    String said;
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      said = node.get("/metrics").response().body();
    }
    List<String> asked = new ArrayList<>();
    for (String file : FILES) {
      SELECTOR
          .matcher(Files.readString(Path.of(file)).replace("\\\"", "\""))
          .results()
          .forEach(found -> asked.add(found.group(1) + " " + found.group(2)));
    }
    assertThat(asked).hasSizeGreaterThan(4);
    for (String selector : asked) {
      String name = selector.substring(0, selector.indexOf(' '));
      String label = selector.substring(selector.indexOf(' ') + 1);
      assertThat(said.lines())
          .as(selector)
          .anyMatch(line -> line.startsWith(name + "{") && line.contains(label));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../deploy/prometheus/rules.yaml", "../deploy/grafana/phalanx.json"})
  void filesAskOnlyForMetricsThatThereAre(String file) throws IOException {
    Set<String> known =
        DOCUMENTED
            .matcher(Files.readString(Path.of("../docs/reference/metrics.md")))
            .results()
            .map(row -> row.group(1).replace('.', '_'))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> asked =
        METRIC
            .matcher(Files.readString(Path.of(file)))
            .results()
            .map(match -> TAIL.matcher(match.group(1)).replaceFirst(""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).isNotEmpty();
    assertThat(known).containsAll(asked);
  }
}
