package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted. Lists are in the order of a number that rises with creation; a
 * cursor is that number, in a form nobody should look into.
 *
 * @param limit most items
 * @param after the page begins behind this number; 0 for the beginning
 * @param newestFirst which way
 */
record PageRequest(int limit, long after, boolean newestFirst) {
  /** A page looks at no more than this, so that a rare filter cannot hold the state for long. */
  static final int MAX_SCANNED = 20_000;

  private static final int RADIX = 36;

  static PageRequest of(Call call) {
    String cursor = call.query("after");
    return new PageRequest(
        (int) call.query("limit", 100),
        cursor == null ? 0 : Long.parseLong(cursor, RADIX),
        !"asc".equals(call.query("order")));
  }

  static String cursor(long position) {
    return Long.toString(position, RADIX);
  }

  /** A page of a list that is wholly in the state. */
  <K, V> Show.Page scan(NavigableMap<Long, K> index, Function<K, @Nullable V> view) {
    return Stretch.page(this, Stretch.of(this, index, view), new Stretch<>(List.of(), null));
  }
}
