package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.history.HistoryCursor;
import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.history.HistoryQuery;
import io.phalanx.scheduler.history.HistoryQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The history as the other side of lists. It is written a moment after the state: what has just
 * left the state may be there in a form that is not its last, which is waited for.
 */
final class Past {

  private static final long FOLLOW_WITHIN_MS = 2000;
  private static final long LOOK_EVERY_MS = 10;
  private static final int FEWEST_ROWS = 128;

  private final Engine engine;

  Past(Engine engine) {
    this.engine = engine;
  }

  /**
   * What is looked for.
   *
   * @param <T> what is kept under the kind
   * @param kind of {@link HistoryKinds}
   * @param owner whose; empty for everybody's
   * @param type what is kept under the kind
   * @param isLast whether an item that is not in the state can look like this for good
   */
  record Wanted<T>(String kind, String owner, Class<T> type, Predicate<T> isLast) {

    static <T> Wanted<T> of(String kind, Class<T> type, Predicate<T> isLast) {
      return new Wanted<>(kind, "", type, isLast);
    }

    Wanted<T> ownedBy(String someone) {
      return new Wanted<>(kind, someone, type, isLast);
    }
  }

  /** Waits until everything committed by now is in the history, two seconds at most. */
  void follow() {
    long position = engine.replica().head().last();
    long deadline = System.nanoTime() + FOLLOW_WITHIN_MS * 1_000_000;
    while (engine.history().followed() < position && System.nanoTime() < deadline) {
      try {
        Thread.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** The item of that id; the caller has seen that it is not in the state. */
  <T> Optional<T> find(Wanted<T> wanted, String id) {
    Optional<T> found = get(wanted, id);
    if (found.isPresent() && !wanted.isLast().test(found.get())) {
      follow();
      return get(wanted, id);
    }
    return found;
  }

  private <T> Optional<T> get(Wanted<T> wanted, String id) {
    return engine
        .history()
        .get(wanted.kind(), id)
        .map(item -> HistoryKinds.body(item, wanted.type()));
  }

  /**
   * Looks through a kind.
   *
   * @param seen positions that the state's side has looked at
   * @param horizon where the state's side stopped: nothing is needed from behind it
   */
  <T> Scan<T> scan(
      Wanted<T> wanted,
      Predicate<T> filter,
      PageRequest request,
      Set<Long> seen,
      @Nullable Long horizon) {
    Look<T> look = new Look<>(wanted, filter, request, seen, horizon);
    if (look.run()) {
      return look.found();
    }
    follow();
    Look<T> again = new Look<>(wanted, filter, request, seen, horizon);
    again.run();
    return again.found();
  }

  /** One look through a kind. */
  private final class Look<T> {

    private final Wanted<T> wanted;
    private final Predicate<T> filter;
    private final PageRequest request;
    private final Set<Long> seen;
    private final @Nullable Long horizon;
    private final List<Scan.Row<T>> rows = new ArrayList<>();
    private boolean allLast = true;
    private int looked;
    private @Nullable Long stop;

    Look(
        Wanted<T> wanted,
        Predicate<T> filter,
        PageRequest request,
        Set<Long> seen,
        @Nullable Long horizon) {
      this.wanted = wanted;
      this.filter = filter;
      this.request = request;
      this.seen = seen;
      this.horizon = horizon;
    }

    Scan<T> found() {
      return new Scan<>(rows, stop);
    }

    /** Returns whether everything that was found is in its last form. */
    boolean run() {
      int chunk = Math.min(HistoryQuery.MAX_LIMIT, Math.max(FEWEST_ROWS, request.limit() + 1));
      HistoryQuery query = query(chunk);
      while (true) {
        List<HistoryItem> items = engine.history().page(query);
        for (HistoryItem item : items) {
          if (isOver(item)) {
            return allLast;
          }
          take(item);
        }
        if (items.size() < chunk) {
          return allLast;
        }
        query = query.continuedAfter(items.get(items.size() - 1).cursor());
      }
    }

    private HistoryQuery query(int chunk) {
      Cursor after = request.after();
      Order order = request.ascending() ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
      HistoryCursor start = HistoryCursor.BEGINNING;
      if (after != null) {
        // ids are never empty: so the first lies behind all of the position, the other before it
        long position = request.ascending() ? after.position() + 1 : after.position();
        start = new HistoryCursor(position, "");
      }
      return new HistoryQuery(wanted.kind(), wanted.owner(), start, order, chunk);
    }

    private boolean isOver(HistoryItem item) {
      boolean enough = rows.size() > request.limit() || looked >= Scan.MOST_ROWS;
      return enough || (horizon != null && request.isBefore(horizon, item.created()));
    }

    private void take(HistoryItem item) {
      looked++;
      if (!seen.contains(item.created())) {
        T body = HistoryKinds.body(item, wanted.type());
        allLast &= wanted.isLast().test(body);
        if (filter.test(body)) {
          rows.add(new Scan.Row<>(item.created(), body));
        }
      }
      if (rows.size() > request.limit() || looked >= Scan.MOST_ROWS) {
        stop = item.created();
      }
    }
  }
}
