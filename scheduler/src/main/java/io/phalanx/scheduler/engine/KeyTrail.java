package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.history.HistoryKey;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Idempotency keys that are in the state and not yet in the history, oldest first. */
final class KeyTrail {

  private final Deque<HistoryKey> keys = new ArrayDeque<>();

  /** Takes over what a snapshot has; when they were used is taken to be as late as it can be. */
  void start(State state) {
    state
        .keys()
        .all()
        .forEach(used -> keys.add(new HistoryKey(used.mark(), used.position(), state.stampMs())));
  }

  /**
   * Follows what was committed.
   *
   * @return the keys that have just left the state and were still here: the history has them,
   *     unless it is being written anew
   */
  List<HistoryKey> follow(List<StampedEvent> events) {
    List<HistoryKey> left = List.of();
    for (StampedEvent stamped : events) {
      KeyMark mark = markOf(stamped.event());
      if (mark != null) {
        keys.add(new HistoryKey(mark, stamped.moment().position(), stamped.moment().atMs()));
      } else if (stamped.event() instanceof HistoryKept kept) {
        List<HistoryKey> leaving = take(kept.keysUpTo());
        left = left.isEmpty() ? leaving : joined(left, leaving);
      }
    }
    return left;
  }

  private static List<HistoryKey> joined(List<HistoryKey> first, List<HistoryKey> second) {
    List<HistoryKey> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** All up to that position, which stay. */
  List<HistoryKey> upTo(long position) {
    List<HistoryKey> found = new ArrayList<>();
    for (HistoryKey key : keys) {
      if (key.position() > position) {
        break;
      }
      found.add(key);
    }
    return found;
  }

  /** Takes out all up to that position. */
  List<HistoryKey> take(long upTo) {
    List<HistoryKey> taken = new ArrayList<>();
    while (!keys.isEmpty() && keys.getFirst().position() <= upTo) {
      taken.add(keys.removeFirst());
    }
    return taken;
  }

  private static @Nullable KeyMark markOf(Event event) {
    if (event instanceof DeploymentCreated created) {
      return created.key();
    }
    return event instanceof KeyRemembered remembered ? remembered.key() : null;
  }
}
