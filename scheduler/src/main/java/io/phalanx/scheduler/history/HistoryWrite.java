package io.phalanx.scheduler.history;

import java.util.List;

/**
 * What is written at once.
 *
 * @param items an item of the same kind and id is replaced
 * @param lines a line of the same owner and position is replaced
 * @param keys likewise
 * @param followed journal position up to which everything but keys is then written
 */
public record HistoryWrite(
    List<HistoryItem> items, List<HistoryLine> lines, List<HistoryKey> keys, long followed) {

  /** The same for a history that is at least so far: writing it again changes nothing. */
  public HistoryWrite notBehind(long position) {
    return new HistoryWrite(items, lines, keys, Math.max(followed, position));
  }

  long bytes() {
    long bytes = 0;
    for (HistoryItem item : items) {
      bytes += item.body().length;
    }
    for (HistoryLine line : lines) {
      bytes += line.body().length;
    }
    return bytes + 64L * keys.size();
  }
}
