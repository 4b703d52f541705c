package io.phalanx.loadtests.tutorial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A document of the project. */
final class Page {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| .*? \\| `(.*)` \\|$");

  private final String text;

  Page(String name) throws IOException {
    this.text = Files.readString(Path.of("..", "docs").resolve(name));
  }

  /** Its blocks of commands, in order. */
  List<String> blocks() {
    return COMMANDS.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** The commands in the second column of the table below that heading. */
  List<String> commands(String heading) {
    int start = text.indexOf("## " + heading);
    int end = text.indexOf("\n## ", start);
    String table = text.substring(start, end < 0 ? text.length() : end);
    return ROW.matcher(table)
        .results()
        .map(match -> match.group(1).replace("\\|", "|").strip())
        .toList();
  }
}
