package io.phalanx.api.contract;

import com.networknt.schema.regex.RegularExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pattern of a schema, with the meaning it has in ECMA 262.
 *
 * <p>Most of ours are a row of characters and character classes of which only the last is of
 * varying length. Those are checked by a table, at a tenth of the cost of a regular expression;
 * bodies of deployments have six of them.
 */
final class TextPattern {
  private static final Pattern ELEMENT =
      Pattern.compile("\\G(?:\\[([a-zA-Z0-9/+_-]+)]|([a-zA-Z0-9]))(?:\\{(\\d+)(?:,(\\d+))?})?");

  private TextPattern() {}

  static RegularExpression compile(String regex) {
    boolean anchored = regex.startsWith("^") && regex.endsWith("$") && !regex.endsWith("\\$");
    Optional<List<Row>> rows =
        anchored ? rows(regex.substring(1, regex.length() - 1)) : Optional.empty();
    if (rows.isPresent()) {
      List<Row> simple = rows.get();
      return text -> matches(simple, text);
    }
    // In Java, $ also matches before a last line break: "eu\n" would pass for a name.
    Pattern pattern =
        Pattern.compile(anchored ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
    return text -> pattern.matcher(text).find();
  }

  /**
   * Some characters of a set.
   *
   * @param allowed the set
   * @param min at least so many
   * @param max at most so many
   */
  private record Row(BitSet allowed, int min, int max) {}

  private static boolean matches(List<Row> rows, String text) {
    int at = 0;
    for (Row row : rows) {
      int end = Math.min(text.length(), at + row.max);
      int from = at;
      while (at < end && row.allowed.get(text.charAt(at))) {
        at++;
      }
      if (at - from < row.min) {
        return false;
      }
    }
    return at == text.length();
  }

  private static Optional<List<Row>> rows(String body) {
    List<Row> rows = new ArrayList<>();
    Matcher element = ELEMENT.matcher(body);
    int at = 0;
    boolean open = false;
    while (at < body.length()) {
      if (open || !element.find() || element.start() != at) {
        return Optional.empty(); // something else, or more after what varies
      }
      int min = element.group(3) == null ? 1 : Integer.parseInt(element.group(3));
      int max = element.group(4) == null ? min : Integer.parseInt(element.group(4));
      String characters = element.group(1) == null ? element.group(2) : element.group(1);
      rows.add(new Row(set(characters), min, max));
      open = min != max;
      at = element.end();
    }
    return Optional.of(List.copyOf(rows));
  }

  private static BitSet set(String characters) {
    BitSet set = new BitSet();
    int i = 0;
    while (i < characters.length()) {
      boolean range = i + 2 < characters.length() && characters.charAt(i + 1) == '-';
      if (range) {
        set.set(characters.charAt(i), characters.charAt(i + 2) + 1);
        i += 3;
      } else {
        set.set(characters.charAt(i));
        i++;
      }
    }
    return set;
  }
}
