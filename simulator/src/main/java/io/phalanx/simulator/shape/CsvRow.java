package io.phalanx.simulator.shape;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One row; a cell that cannot be read becomes a fault of the table and some harmless value. */
final class CsvRow {
  private final CsvTable table;
  private final int line;
  private final List<String> cells;

  CsvRow(CsvTable table, int line, List<String> cells) {
    this.table = table;
    this.line = line;
    this.cells = cells;
  }

  boolean has(String column) {
    int index = table.indexOf(column);
    return index >= 0 && !cells.get(index).isEmpty();
  }

  String text(String column) {
    if (has(column)) {
      return cells.get(table.indexOf(column));
    }
    fault(column, "is empty");
    return "";
  }

  /** A name as the service takes it: lower case, and a hyphen for what is not a letter or digit. */
  String name(String column) {
    return asName(text(column));
  }

  long number(String column, long least, long most) {
    String text = text(column);
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
      fault(column, value + " is not " + least + ".." + most);
    } catch (NumberFormatException e) {
      if (!text.isEmpty()) {
        fault(column, "'" + text + "' is not a whole number");
      }
    }
    return least;
  }

  long number(String column, long least, long most, long otherwise) {
    return has(column) ? number(column, least, most) : otherwise;
  }

  /** The parts of {@code a|b|c}; none for an empty cell. */
  List<String> list(String column) {
    return has(column) ? Arrays.asList(text(column).split("\\|")) : List.of();
  }

  List<String> names(String column) {
    return list(column).stream().map(CsvRow::asName).distinct().toList();
  }

  String oneOf(String column, List<String> allowed, String otherwise) {
    String text = has(column) ? text(column) : otherwise;
    if (!allowed.contains(text)) {
      fault(column, "'" + text + "' is none of " + allowed);
    }
    return text;
  }

  void fault(String column, String detail) {
    table.fault(line, column, detail);
  }

  private static String asName(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return name.length() > 64 ? name.substring(0, 64) : name;
  }
}
