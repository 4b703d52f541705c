package io.phalanx.scheduler.history;

/**
 * A place between two items of a list. The id is part of it because one event can create many items
 * at one position.
 *
 * @param created position of the item before
 * @param id of the item before; empty only at the beginning
 */
public record HistoryCursor(long created, String id) {
  /** Before the first item, in either order. */
  public static final HistoryCursor BEGINNING = new HistoryCursor(-1, "");
}
