package io.phalanx.scheduler.history;

import java.util.List;
import java.util.Optional;

/**
 * Items that have left the state, written from committed rows only, read from any thread.
 *
 * <p>It can be built again from the journal and its archives. One thread writes at a time. Every
 * method may throw {@link HistoryFailedException}.
 */
public interface HistoryStore extends AutoCloseable {
  /** Journal position up to which everything has been written; 0 at first. */
  long followed();

  /**
   * Writes items and how far they go, all or nothing, durable when it returns. An item of the same
   * kind and id is replaced, so writing the same again changes nothing.
   *
   * @param followed not below {@link #followed()}
   */
  void write(List<HistoryItem> items, long followed);

  Optional<HistoryItem> get(String kind, String id);

  List<HistoryItem> page(HistoryQuery query);

  /**
   * Removes the items of a kind whose time is before this.
   *
   * @param beforeMs Unix milliseconds
   * @return how many they were
   */
  int forget(String kind, long beforeMs);

  @Override
  void close();
}
