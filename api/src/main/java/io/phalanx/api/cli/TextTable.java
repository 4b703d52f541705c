package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON as tables for people. */
final class TextTable {
  private static final int WIDEST = 66;

  private TextTable() {}

  /** One line for each field; fields that say nothing are left out. */
  static String fields(JsonNode resource) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : resource.properties()) {
      String text = text(field.getValue());
      if (!text.isEmpty() && !isTable(field.getValue())) {
        rows.add(List.of(field.getKey(), text));
      }
    }
    StringBuilder all = new StringBuilder(aligned(rows));
    for (Map.Entry<String, JsonNode> field : resource.properties()) {
      if (isTable(field.getValue())) {
        List<JsonNode> items = list(field.getValue());
        all.append("\n\n").append(field.getKey()).append('\n').append(rows(items, names(items)));
      }
    }
    return all.toString();
  }

  /** A table of those fields. */
  static String rows(List<JsonNode> items, List<String> fields) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(fields.stream().map(TextTable::heading).toList());
    for (JsonNode item : items) {
      rows.add(fields.stream().map(field -> text(item.path(field))).toList());
    }
    return aligned(rows);
  }

  private static List<String> names(List<JsonNode> items) {
    return items.get(0).properties().stream().map(Map.Entry::getKey).toList();
  }

  private static boolean isTable(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).isObject();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static String heading(String field) {
    return field.replaceAll("([A-Z])", " $1").toUpperCase(java.util.Locale.ROOT);
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      return list(value).stream().map(TextTable::text).collect(Collectors.joining(", "));
    }
    if (value.isObject()) {
      return value.properties().stream()
          .filter(field -> !text(field.getValue()).isEmpty())
          .map(field -> field.getKey() + "=" + text(field.getValue()))
          .collect(Collectors.joining(" "));
    }
    return value
        .asText()
        .replaceAll("\\p{Cntrl}", "?"); // what others named may not steer a terminal
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.min(WIDEST, Math.max(widths[i], row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + 2));
      }
    }
    return line.toString().stripTrailing();
  }
}
