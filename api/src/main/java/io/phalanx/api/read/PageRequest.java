package io.phalanx.api.read;

import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit most items in the page, 1..1000
 * @param after behind which item it begins; none for the beginning
 * @param ascending oldest first; else newest first
 */
public record PageRequest(int limit, @Nullable Cursor after, boolean ascending) {

  /** Most items in a page. */
  public static final int MAX_LIMIT = 1000;

  /** How many items a page has unless the caller says otherwise. */
  public static final int DEFAULT_LIMIT = 100;

  /** The newest items. */
  public static final PageRequest NEWEST = new PageRequest(DEFAULT_LIMIT, null, false);

  /** Refuses a limit outside its range: the caller of the service has checked it. */
  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to 1,000 items, not " + limit);
    }
  }

  /** What lies behind the place where the page begins, in the page's order. */
  <V> NavigableMap<Long, V> rest(NavigableMap<Long, V> all) {
    NavigableMap<Long, V> ordered = ascending ? all : all.descendingMap();
    return after == null ? ordered : ordered.tailMap(after.position(), false);
  }

  /** Whether the first of two positions comes before the second in the page's order. */
  boolean isBefore(long first, long second) {
    return ascending ? first < second : first > second;
  }
}
