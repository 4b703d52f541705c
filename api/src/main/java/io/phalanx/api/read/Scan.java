package io.phalanx.api.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a look through one side of a list found: what lives, or what is past.
 *
 * @param <T> what is listed
 * @param rows what passed the filter, in the order asked for
 * @param stop the last position looked at when there may be more behind it; none at the end
 */
record Scan<T>(List<Row<T>> rows, @Nullable Long stop) {

  /** Most rows that one call looks at on either side, whatever they are. */
  static final int MOST_ROWS = 10_000;

  /**
   * An item with its place.
   *
   * @param position what orders the list
   * @param item the item
   */
  record Row<T>(long position, T item) {}

  /** Nothing there. */
  static <T> Scan<T> nothing() {
    return new Scan<>(List.of(), null);
  }

  /**
   * Looks through what lives, under the state's lock.
   *
   * @param byPosition keys of the items by what orders the list
   * @param known the item of a key
   * @param seen takes in every position looked at, so that the past does not show it again
   */
  static <K, T> Scan<T> live(
      NavigableMap<Long, K> byPosition,
      Function<K, T> known,
      Predicate<T> filter,
      PageRequest request,
      Set<Long> seen) {
    List<Row<T>> rows = new ArrayList<>();
    int looked = 0;
    for (Map.Entry<Long, K> entry : request.rest(byPosition).entrySet()) {
      long position = entry.getKey();
      T item = known.apply(entry.getValue());
      seen.add(position);
      if (filter.test(item)) {
        rows.add(new Row<>(position, item));
      }
      if (++looked == MOST_ROWS || rows.size() > request.limit()) {
        return new Scan<>(rows, position);
      }
    }
    return new Scan<>(rows, null);
  }

  /** One page of both sides; nothing behind the first stop is known well enough to be shown. */
  Page<T> with(Scan<T> other, PageRequest request) {
    Long horizon = first(stop, other.stop, request);
    Comparator<Row<T>> order = Comparator.comparingLong(Row::position);
    List<Row<T>> all = new ArrayList<>(rows);
    all.addAll(other.rows);
    all.removeIf(row -> horizon != null && request.isBefore(horizon, row.position()));
    all.sort(request.ascending() ? order : order.reversed());
    boolean full = all.size() > request.limit();
    List<Row<T>> shown = full ? all.subList(0, request.limit()) : all;
    Long next = full ? Long.valueOf(shown.get(shown.size() - 1).position()) : horizon;
    return new Page<>(
        shown.stream().map(Row::item).toList(), next == null ? null : new Cursor(next).text());
  }

  private static @Nullable Long first(@Nullable Long one, @Nullable Long two, PageRequest request) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    return request.isBefore(one, two) ? one : two;
  }
}
