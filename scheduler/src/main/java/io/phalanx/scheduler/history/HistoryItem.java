package io.phalanx.scheduler.history;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing of the past, such as an ended deployment or a receipt.
 *
 * @param kind what it is; ids are unique within a kind
 * @param id its own
 * @param owner whose lists it is in; empty if nobody's
 * @param created journal position of its beginning: lists are in the order of (created, id)
 * @param ended journal position at which it left the state or changed last
 * @param atMs when it left the state or changed last, Unix milliseconds
 * @param body in a form this package does not know; not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; copies of bodies cost
public record HistoryItem(
    String kind, String id, String owner, long created, long ended, long atMs, byte[] body) {
  public HistoryItem {
    Objects.requireNonNull(owner);
    Objects.requireNonNull(body);
    if (kind.isEmpty() || id.isEmpty() || created < 0 || ended < 0) {
      throw new IllegalArgumentException("not an item: " + kind + " " + id);
    }
  }

  /** Where a page that ends with this item is continued. */
  public HistoryCursor cursor() {
    return new HistoryCursor(created, id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HistoryItem item
        && kind.equals(item.kind)
        && id.equals(item.id)
        && owner.equals(item.owner)
        && created == item.created
        && ended == item.ended
        && atMs == item.atMs
        && Arrays.equals(body, item.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, id);
  }
}
