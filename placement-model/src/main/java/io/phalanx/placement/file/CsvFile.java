package io.phalanx.placement.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of comma-separated values with a header: UTF-8, no quotes, every line as many fields as
 * the header. It gathers the faults of the file instead of stopping at the first.
 */
final class CsvFile {
  private static final long MOST_BYTES = 1L << 28;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String name;
  private final List<Fault> faults;
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<CsvRow> rows = new ArrayList<>();

  private CsvFile(String name, List<Fault> faults) {
    this.name = name;
    this.faults = faults;
  }

  /** Reads {@code path}; what is wrong with it is added to {@code faults}. */
  static CsvFile read(Path path, List<Fault> faults) {
    CsvFile file = new CsvFile(path.toString(), faults);
    try {
      if (Files.size(path) > MOST_BYTES) {
        file.fault(0, "", "is larger than " + MOST_BYTES + " bytes");
      } else {
        file.parse(decode(Files.readAllBytes(path)));
      }
    } catch (CharacterCodingException e) {
      file.fault(0, "", "is not UTF-8");
    } catch (NoSuchFileException e) {
      file.fault(0, "", "there is no such file");
    } catch (IOException e) {
      file.fault(0, "", "cannot be read: " + e.getMessage());
    }
    return file;
  }

  String name() {
    return name;
  }

  List<CsvRow> rows() {
    return rows;
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** Faults the header for each of these columns that it lacks. */
  void require(String... required) {
    for (String column : required) {
      if (!columns.isEmpty() && !has(column)) {
        fault(1, column, "is missing");
      }
    }
  }

  int indexOf(String column) {
    return columns.getOrDefault(column, -1);
  }

  void fault(int line, String column, String detail) {
    faults.add(new Fault(name, line, column, detail));
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private void parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || lines.get(0).isBlank()) {
      fault(1, "", "there is no header");
      return;
    }
    String[] header = split(lines.get(0));
    for (int i = 0; i < header.length; i++) {
      readColumn(header[i], i);
    }
    for (int i = 1; i < lines.size(); i++) {
      readRow(i + 1, lines.get(i), header.length);
    }
  }

  private void readColumn(String column, int index) {
    if (column.indexOf('"') >= 0) {
      fault(1, column, "quotes are not understood");
    }
    if (columns.putIfAbsent(column, index) != null) {
      fault(1, column, "is there twice");
    }
  }

  private void readRow(int line, String text, int width) {
    String[] fields = split(text);
    if (text.indexOf('"') >= 0) {
      fault(line, columnWithQuote(fields), "quotes are not understood");
    } else if (fields.length != width) {
      String detail = "has " + fields.length + " fields where the header has " + width;
      fault(line, columnsFrom(fields.length), detail);
    } else {
      rows.add(new CsvRow(this, line, fields));
    }
  }

  /** Which columns a row that ends early lacks. */
  private String columnsFrom(int index) {
    return columns.entrySet().stream()
        .filter(column -> column.getValue() >= index)
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private String columnWithQuote(String[] fields) {
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      if (column.getValue() < fields.length && fields[column.getValue()].indexOf('"') >= 0) {
        return column.getKey();
      }
    }
    return "";
  }

  private static String[] split(String line) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', start)) {
      fields.add(line.substring(start, comma));
      start = comma + 1;
    }
    fields.add(line.substring(start));
    return Arrays.copyOf(fields.toArray(), fields.size(), String[].class);
  }
}
