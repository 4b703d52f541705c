package io.phalanx.loadtests.tutorial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A document of the project. */
final class Page {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  private final String text;

  Page(String name) throws IOException {
    this.text = Files.readString(Path.of("..", "docs").resolve(name));
  }

  /** Its blocks of commands, in order. */
  List<String> blocks() {
    return COMMANDS.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** The first group of what matches, line by line. */
  List<MatchResult> rows(Pattern row) {
    return row.matcher(text).results().toList();
  }
}
