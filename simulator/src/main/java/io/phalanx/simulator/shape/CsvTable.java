package io.phalanx.simulator.shape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rows under a header line; columns are found by name, and faults are gathered, not thrown. */
final class CsvTable {
  private final String file;
  private final List<String> lines;
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<CsvFault> faults = new ArrayList<>();

  CsvTable(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
    readHeader();
  }

  /** Reads every row, or reports every fault of all of them. */
  static <T> List<T> read(
      String file, List<String> lines, List<String> required, Function<CsvRow, T> reader) {
    CsvTable table = new CsvTable(file, lines);
    table.require(required);
    List<T> items = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      int before = table.faults.size();
      T item = reader.apply(row);
      if (table.faults.size() == before) {
        items.add(item);
      }
    }
    if (!table.faults.isEmpty()) {
      table.faults.sort(Comparator.comparingInt(CsvFault::line));
      throw new BadCsvException(table.faults);
    }
    return List.copyOf(items);
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  int indexOf(String column) {
    return columns.getOrDefault(column, -1);
  }

  void fault(int line, String column, String detail) {
    faults.add(new CsvFault(file, line, column, detail));
  }

  private void readHeader() {
    List<String> names = lines.isEmpty() ? List.of() : split(lines.get(0).replace("\uFEFF", ""));
    for (int i = 0; i < names.size(); i++) {
      if (columns.putIfAbsent(names.get(i), i) != null) {
        fault(1, names.get(i), "this column is there twice");
      }
    }
  }

  private void require(List<String> required) {
    for (String column : required) {
      if (!has(column)) {
        fault(1, column, "this column is missing");
      }
    }
    if (!faults.isEmpty()) {
      throw new BadCsvException(faults);
    }
  }

  private List<CsvRow> rows() {
    List<CsvRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        addRow(i + 1, split(lines.get(i)), rows);
      }
    }
    return rows;
  }

  private void addRow(int line, List<String> cells, List<CsvRow> rows) {
    if (cells.size() == columns.size()) {
      rows.add(new CsvRow(this, line, cells));
    } else {
      fault(line, "*", cells.size() + " cells under " + columns.size() + " columns");
    }
  }

  /** Splits by commas; a cell in double quotes may hold commas, and doubled quotes. */
  static List<String> split(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (doubled) {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
