package io.phalanx.api.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run of a list from one source, in the order asked for.
 *
 * @param items what was wanted of it
 * @param end the number at which the source was left; null when it has no more
 */
record Stretch<V>(List<Item<V>> items, @Nullable Long end) {

  /**
   * An item and its place.
   *
   * @param created the number that the list is ordered by
   * @param value what is shown
   */
  record Item<V>(long created, V value) {}

  /** The run of an index of the state. */
  static <K, V> Stretch<V> of(
      PageRequest page, NavigableMap<Long, K> index, Function<K, @Nullable V> view) {
    NavigableMap<Long, K> rest = page.newestFirst() ? index.descendingMap() : index;
    if (page.after() > 0) {
      rest = rest.tailMap(page.after(), false);
    }
    List<Item<V>> items = new ArrayList<>(Math.min(page.limit(), 128));
    int scanned = 0;
    for (Map.Entry<Long, K> entry : rest.entrySet()) {
      V value = view.apply(entry.getValue());
      if (value != null) {
        items.add(new Item<>(entry.getKey(), value));
      }
      if (items.size() >= page.limit() || ++scanned >= PageRequest.MAX_SCANNED) {
        boolean last = entry.getKey().equals(rest.lastKey());
        return new Stretch<>(items, last ? null : entry.getKey());
      }
    }
    return new Stretch<>(items, null);
  }

  /**
   * One page of two sources of the same list. What is in both is taken from {@code first}, which
   * must have been read first: things move from there to the second.
   */
  static <V> Show.Page page(PageRequest page, Stretch<V> first, Stretch<V> second) {
    TreeMap<Long, V> merged = new TreeMap<>(order(page));
    second.items.forEach(item -> merged.put(item.created, item.value));
    first.items.forEach(item -> merged.put(item.created, item.value));
    Long cut = nearer(page, first.end, second.end);
    List<V> shown = new ArrayList<>();
    for (Map.Entry<Long, V> entry : merged.entrySet()) {
      boolean beyond = cut != null && order(page).compare(entry.getKey(), cut) > 0;
      if (beyond) {
        break;
      }
      if (shown.size() == page.limit()) {
        return new Show.Page(shown, PageRequest.cursor(merged.lowerKey(entry.getKey())));
      }
      shown.add(entry.getValue());
    }
    return new Show.Page(shown, cut == null ? null : PageRequest.cursor(cut));
  }

  private static java.util.Comparator<Long> order(PageRequest page) {
    return page.newestFirst()
        ? java.util.Comparator.reverseOrder()
        : java.util.Comparator.naturalOrder();
  }

  private static @Nullable Long nearer(PageRequest page, @Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return order(page).compare(one, other) < 0 ? one : other;
  }
}
