package io.phalanx.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of events says what the code says. */
final class EventDocsTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+/\\d+)` \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);

  @Test
  void namesEveryEventWithItsFields() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "reference", "events.md"));
    Map<String, String> documented = new TreeMap<>();
    Matcher rows = ROW.matcher(page);
    while (rows.find()) {
      documented.put(rows.group(1), rows.group(2));
    }
    Map<String, String> coded = new TreeMap<>();
    EventCatalog.all()
        .forEach(
            (name, type) ->
                coded.put(
                    name,
                    Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(field -> "`" + field + "`")
                        .collect(Collectors.joining(", "))));
    assertThat(documented).isEqualTo(coded);
  }
}
