package io.phalanx.scheduler.history;

import java.util.Objects;

/**
 * One page of a list.
 *
 * @param kind of the items
 * @param owner whose items; empty for everybody's
 * @param after the page begins behind this item, which need not exist any more
 * @param order of (created, id)
 * @param limit most items in the page, 1 to 1,000
 */
public record HistoryQuery(String kind, String owner, HistoryCursor after, Order order, int limit) {
  /** Most items in a page. */
  public static final int MAX_LIMIT = 1000;

  /** Which end a list begins at. */
  public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  public HistoryQuery {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(after);
    Objects.requireNonNull(order);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to 1,000 items, not " + limit);
    }
  }

  /** The newest items of everybody. */
  public static HistoryQuery newest(String kind, int limit) {
    return new HistoryQuery(kind, "", HistoryCursor.BEGINNING, Order.NEWEST_FIRST, limit);
  }

  /** The oldest items of everybody. */
  public static HistoryQuery oldest(String kind, int limit) {
    return new HistoryQuery(kind, "", HistoryCursor.BEGINNING, Order.OLDEST_FIRST, limit);
  }

  public HistoryQuery ownedBy(String someone) {
    return new HistoryQuery(kind, someone, after, order, limit);
  }

  public HistoryQuery continuedAfter(HistoryCursor cursor) {
    return new HistoryQuery(kind, owner, cursor, order, limit);
  }
}
