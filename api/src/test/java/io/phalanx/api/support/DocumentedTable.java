package io.phalanx.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of a document that is made from the code. With {@code -Dphalanx.write-docs=true} it is
 * written instead of compared.
 */
public final class DocumentedTable {
  private static final boolean WRITES = Boolean.getBoolean("phalanx.write-docs");
  private static final Pattern TABLE =
      Pattern.compile("(?m)(^\\|[ -]+-[-| ]*\\|\n)((?:^\\|.*\n)*)");

  private DocumentedTable() {}

  /** Holds the only table of a page below {@code docs} equal to these rows. */
  public static void isMadeOf(List<String> rows, String page) throws IOException {
    assertThat(rows).isNotEmpty();
    Path file = Path.of("..", "docs").resolve(page);
    String text = Files.readString(file);
    Matcher table = TABLE.matcher(text);
    assertThat(table.find()).as("a table in %s", page).isTrue();
    if (WRITES) {
      Files.writeString(
          file, text.substring(0, table.start(2)) + lines(rows) + text.substring(table.end(2)));
      return;
    }
    assertThat(table.group(2))
        .as("the table of docs/%s; -Dphalanx.write-docs=true writes it", page)
        .isEqualTo(lines(rows));
  }

  private static String lines(List<String> rows) {
    return rows.isEmpty() ? "" : String.join("\n", rows) + "\n";
  }
}
