package io.phalanx.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of metrics names what the code measures, and nothing else. */
final class MetricsDocsTest {

  private static final Pattern IN_CODE = Pattern.compile("\"(phalanx\\.[a-z.]+)\"");
  private static final Pattern IN_PAGE =
      Pattern.compile("^\\| `(phalanx\\.[a-z.]+)` \\|", Pattern.MULTILINE);

  private static void collect(Pattern pattern, Path file, SortedSet<String> names) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namesEveryMetric() throws IOException {
    SortedSet<String> coded = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      sources.forEach(file -> collect(IN_CODE, file, coded));
    }
    SortedSet<String> documented = new TreeSet<>();
    collect(IN_PAGE, Path.of("..", "docs", "reference", "metrics.md"), documented);
    assertThat(documented).isEqualTo(coded).isNotEmpty();
  }
}
