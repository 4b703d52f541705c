package io.phalanx.scheduler.journal;

/** Takes verified rows in their order. */
@FunctionalInterface
public interface RowReader {
  /**
   * The row's hash and its link to the row before have been checked; an exception ends the read.
   */
  void read(JournalRow row);
}
