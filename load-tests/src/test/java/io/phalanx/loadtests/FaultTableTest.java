package io.phalanx.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that the README names are there. */
final class FaultTableTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`");

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher matcher = NAMED.matcher(Files.readString(Path.of("README.md")));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    assertThat(named).hasSizeGreaterThan(20).isSubsetOf(sources());
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      Set<String> names = new TreeSet<>();
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> tree = Files.walk(tests)) {
            names.addAll(
                tree.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet()));
          }
        }
      }
      return names;
    }
  }
}
