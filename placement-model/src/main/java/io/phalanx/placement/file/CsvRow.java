package io.phalanx.placement.file;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of a table. Each getter faults what it cannot read and goes on with something harmless.
 */
final class CsvRow {
  private static final int MOST_DIGITS = 18;
  private static final int MOST_CHARACTERS = 128;

  private final CsvFile file;
  private final int line;
  private final String[] fields;

  CsvRow(CsvFile file, int line, String[] fields) {
    this.file = file;
    this.line = line;
    this.fields = fields;
  }

  int line() {
    return line;
  }

  void fault(String column, String detail) {
    file.fault(line, column, detail);
  }

  /** A name of 1 to 128 characters. */
  String name(String column) {
    String text = field(column);
    if (file.has(column) && !isName(text)) {
      fault(column, "is no name of 1 to " + MOST_CHARACTERS + " characters: '" + text + "'");
    }
    return text;
  }

  /** A whole number in {@code min..max}. */
  long number(String column, long min, long max) {
    String text = field(column);
    if (!file.has(column)) {
      return min; // the header was faulted
    }
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
            && (text.length() == 1 || text.charAt(0) != '0');
    long number = isNumber ? Long.parseLong(text) : -1;
    if (!isNumber || number < min || number > max) {
      fault(column, "is no whole number in " + min + ".." + max + ": '" + text + "'");
      return min;
    }
    return number;
  }

  /** As {@link #number}, or {@code missing} when the column or the field is empty. */
  long number(String column, long min, long max, long missing) {
    return field(column).isEmpty() ? missing : number(column, min, max);
  }

  /** A number, not negative, that may have decimals. */
  BigDecimal decimal(String column) {
    String text = field(column);
    if (!text.matches("(0|[1-9][0-9]{0,29})(\\.[0-9]{1,12})?")) {
      fault(column, "is no number of at most 12 decimals: '" + text + "'");
      return BigDecimal.ZERO;
    }
    return new BigDecimal(text);
  }

  /** One of the words, or {@code missing} when the column or the field is empty. */
  <T> T word(String column, Map<String, T> words, T missing) {
    String text = field(column);
    if (text.isEmpty()) {
      return missing;
    }
    T found = words.get(text);
    if (found == null) {
      fault(column, "is none of " + words.keySet() + ": '" + text + "'");
      return missing;
    }
    return found;
  }

  /** Names separated by bars; none when the column or the field is empty. */
  Set<String> names(String column) {
    Set<String> names = new LinkedHashSet<>();
    String text = field(column);
    if (!text.isEmpty()) {
      for (String name : text.split("\\|", -1)) {
        if (!isName(name)) {
          fault(column, "has an empty name or one of more than " + MOST_CHARACTERS + " characters");
        } else if (!names.add(name)) {
          fault(column, "has '" + name + "' twice");
        }
      }
    }
    return names;
  }

  /** Parts separated by bars. */
  List<String> parts(String column) {
    return List.of(field(column).split("\\|", -1));
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_CHARACTERS
        && text.equals(text.strip())
        && text.chars().noneMatch(c -> Character.isISOControl(c) || c == '|');
  }

  private String field(String column) {
    int index = file.indexOf(column);
    return index < 0 ? "" : fields[index];
  }
}
