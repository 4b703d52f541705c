package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.history.HistoryCursor;
import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.history.HistoryQuery;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What has left the state. Look-ups block, so they run beside the event loops. */
final class Past {
  /** Above every id, so that a cursor of a number alone stands behind all items of that number. */
  private static final String LAST_ID = "~";

  private static final int ROWS_AT_ONCE = 200;

  private final Services services;

  Past(Services services) {
    this.services = services;
  }

  private HistoryStore history() {
    return services.engine().history();
  }

  /** Runs a look-up where it may block. */
  <T> Future<T> look(Callable<T> look) {
    return services.vertx().executeBlocking(look, false);
  }

  /** An ended deployment that the caller may see, or null. */
  Future<@Nullable DeploymentView> deployment(Call call, DeploymentId id) {
    return look(
        () ->
            find(id)
                .filter(deployment -> Callers.may(call, deployment.developer()))
                .map(deployment -> DeploymentView.with(deployment, newest(id)))
                .orElse(null));
  }

  /** An ended deployment, whoever's it is. Blocks. */
  Optional<Deployment> find(DeploymentId id) {
    return history()
        .get(HistoryKinds.DEPLOYMENT, id.text())
        .map(item -> HistoryKinds.body(item, Deployment.class));
  }

  /** The newest ended assignments of a deployment. Blocks. */
  List<AssignmentView> newest(DeploymentId id) {
    HistoryQuery query =
        HistoryQuery.newest(HistoryKinds.ASSIGNMENT, DeploymentView.NEWEST_ENDED)
            .ownedBy(id.text());
    return history().page(query).stream()
        .map(item -> AssignmentView.of(HistoryKinds.body(item, Assignment.class)))
        .toList();
  }

  /** The part of a list that is in the history. Blocks. */
  <V> Stretch<V> stretch(
      PageRequest page, String kind, String owner, Function<HistoryItem, @Nullable V> view) {
    List<Stretch.Item<V>> items = new ArrayList<>();
    HistoryQuery query = start(page, kind, owner);
    int scanned = 0;
    while (true) {
      List<HistoryItem> rows = history().page(query);
      for (HistoryItem row : rows) {
        V value = view.apply(row);
        if (value != null) {
          items.add(new Stretch.Item<>(row.created(), value));
        }
        if (items.size() >= page.limit()) {
          return new Stretch<>(items, row.created());
        }
      }
      scanned += rows.size();
      if (rows.size() < ROWS_AT_ONCE) {
        return new Stretch<>(items, null);
      }
      HistoryItem last = rows.get(rows.size() - 1);
      if (scanned >= PageRequest.MAX_SCANNED) {
        return new Stretch<>(items, last.created());
      }
      query = query.continuedAfter(last.cursor());
    }
  }

  private static HistoryQuery start(PageRequest page, String kind, String owner) {
    HistoryQuery query =
        page.newestFirst()
            ? HistoryQuery.newest(kind, ROWS_AT_ONCE)
            : HistoryQuery.oldest(kind, ROWS_AT_ONCE);
    if (!owner.isEmpty()) {
      query = query.ownedBy(owner);
    }
    if (page.after() == 0) {
      return query;
    }
    String id = page.newestFirst() ? "" : LAST_ID;
    return query.continuedAfter(new HistoryCursor(page.after(), id));
  }
}
