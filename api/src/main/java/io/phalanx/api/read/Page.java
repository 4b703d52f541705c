package io.phalanx.api.read;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. It may be short, even empty, and still have a next one: so much is looked
 * through at once, and no more.
 *
 * @param <T> what is listed
 * @param items in the order that was asked for
 * @param next the cursor of the part behind it; none at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
  }

  /** The same with each item as it is shown. */
  public <V> Page<V> map(Function<T, V> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }
}
