package io.phalanx.simulator.shape;

/**
 * One thing wrong with a file.
 *
 * @param line counted from 1; the header is line 1
 */
public record CsvFault(String file, int line, String column, String detail) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + column + ": " + detail;
  }
}
