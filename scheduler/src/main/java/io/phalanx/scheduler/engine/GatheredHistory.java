package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.history.HistoryKey;
import io.phalanx.scheduler.history.HistoryLine;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.HistoryWrite;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.EntryChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the next write to the history will have; of an item only its last form. */
final class GatheredHistory {

  private static final String CORRECTION = "correction";

  private final Map<String, HistoryItem> items = new LinkedHashMap<>();
  private final List<HistoryLine> lines = new ArrayList<>();
  private final List<HistoryKey> keys = new ArrayList<>();

  /** By position: charges taken back of deployments that the state has no more. */
  private final TreeMap<Long, StampedChange> corrections = new TreeMap<>();

  void take(StampedChange stamped) {
    long position = stamped.moment().position();
    if (stamped.change() instanceof EntryChange entry) {
      lines.add(LedgerLines.line(entry, stamped.moment()));
      if (entry.kind().equals(CORRECTION)) {
        corrections.put(position, stamped);
      }
      return;
    }
    if (stamped.change() instanceof DeploymentChange) {
      corrections.remove(position); // the state has it, and tells what has become of it
    }
    HistoryKinds.item(stamped).ifPresent(item -> items.put(key(item.kind(), item.id()), item));
  }

  void take(List<HistoryKey> left) {
    keys.addAll(left);
  }

  int count() {
    return items.size() + lines.size() + keys.size();
  }

  /**
   * The write, once and for all: what it corrects is looked up when it is made first.
   *
   * @param followed position up to which everything was taken
   */
  HistoryWrite write(HistoryStore store, long followed) {
    corrections.values().forEach(correction -> correct(store, correction));
    corrections.clear();
    return new HistoryWrite(List.copyOf(items.values()), lines, keys, followed);
  }

  private void correct(HistoryStore store, StampedChange correction) {
    DeploymentId id = ((EntryChange) correction.change()).deploymentId();
    if (id == null) {
      return;
    }
    String key = key(HistoryKinds.DEPLOYMENT, id.text());
    Optional.ofNullable(items.get(key))
        .or(() -> store.get(HistoryKinds.DEPLOYMENT, id.text()))
        .filter(item -> item.ended() < correction.moment().position())
        .ifPresent(item -> items.put(key, HistoryKinds.corrected(item, correction)));
  }

  private static String key(String kind, String id) {
    return kind + id;
  }
}
