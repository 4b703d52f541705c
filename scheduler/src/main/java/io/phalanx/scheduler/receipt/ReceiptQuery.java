package io.phalanx.scheduler.receipt;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One page of receipts.
 *
 * @param owners those of any of these; all fields named must match, none named means everybody's
 * @param afterLeaf the page begins behind this leaf; none at its beginning
 * @param newestFirst which end it begins at
 * @param limit most receipts in the page, 1 to 1,000
 */
public record ReceiptQuery(
    Map<Field, List<String>> owners, long afterLeaf, boolean newestFirst, int limit) {
  /** Most receipts in a page. */
  public static final int MAX_LIMIT = 1000;

  /** Where a page begins that continues none. */
  public static final long BEGINNING = -1;

  /** What receipts are found by. */
  public enum Field {
    DEVELOPER(1),
    OPERATOR(2),
    DEPLOYMENT(3),
    ASSIGNMENT(4),
    MINER(5);

    private final int code;

    Field(int code) {
      this.code = code;
    }

    /** Its number on disk: never to be changed. */
    int code() {
      return code;
    }
  }

  public ReceiptQuery {
    Map<Field, List<String>> copy = new EnumMap<>(Field.class);
    owners.forEach((field, values) -> copy.put(field, List.copyOf(values)));
    owners = Map.copyOf(copy);
    if (limit < 1 || limit > MAX_LIMIT || afterLeaf < BEGINNING) {
      throw new IllegalArgumentException("no page: after " + afterLeaf + ", limit " + limit);
    }
  }

  /** Everybody's, the oldest first. */
  public static ReceiptQuery oldest(int limit) {
    return new ReceiptQuery(Map.of(), BEGINNING, false, limit);
  }

  /** Everybody's, the newest first. */
  public static ReceiptQuery newest(int limit) {
    return new ReceiptQuery(Map.of(), BEGINNING, true, limit);
  }

  public ReceiptQuery of(Field field, List<String> values) {
    Map<Field, List<String>> more = new EnumMap<>(Field.class);
    more.putAll(owners);
    more.put(field, values);
    return new ReceiptQuery(more, afterLeaf, newestFirst, limit);
  }

  public ReceiptQuery after(long leaf) {
    return new ReceiptQuery(owners, leaf, newestFirst, limit);
  }

  /** The first leaf that may be in the page, whichever way it goes; below 0 if none may. */
  long firstLeaf() {
    if (afterLeaf == BEGINNING) {
      return newestFirst ? Long.MAX_VALUE : 0;
    }
    return newestFirst ? afterLeaf - 1 : afterLeaf + 1;
  }
}
