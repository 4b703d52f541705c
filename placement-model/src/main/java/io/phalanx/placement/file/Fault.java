package io.phalanx.placement.file;

/**
 * Something wrong in a file.
 *
 * @param line from 1, the header's; 0 = the file as a whole
 * @param column its name; empty = the line as a whole
 */
public record Fault(String file, int line, String column, String detail) {
  @Override
  public String toString() {
    return file
        + (line == 0 ? "" : ":" + line)
        + (column.isEmpty() ? "" : ": " + column)
        + ": "
        + detail;
  }
}
