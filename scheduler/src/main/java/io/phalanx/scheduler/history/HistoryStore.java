package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyScope;
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
   * Writes all of it or nothing, durable when it returns. Writing the same again changes nothing.
   *
   * @throws HistoryFailedException also if it says less than {@link #followed()}
   */
  void write(HistoryWrite write);

  Optional<HistoryItem> get(String kind, String id);

  List<HistoryItem> page(HistoryQuery query);

  /**
   * Lines of an owner's account, at most so many.
   *
   * @param after the page begins behind this position, which need not have a line
   */
  List<HistoryLine> lines(String owner, long after, HistoryQuery.Order order, int limit);

  /** The newest use of a key. */
  Optional<HistoryKey> key(KeyScope scope);

  /** Whether there may be any key, of this node or another; costs nothing. */
  boolean hasKeys();

  /**
   * Removes the keys that were used before this, except for some of the last hours before it.
   *
   * @param beforeMs Unix milliseconds
   */
  void forgetKeys(long beforeMs);

  @Override
  void close();
}
