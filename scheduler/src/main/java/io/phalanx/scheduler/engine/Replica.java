package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.state.StateImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The committed state. One thread folds committed rows into it; any thread reads. What a reader
 * gets is a record that never changes, so it may leave the read; the state itself may not.
 */
public final class Replica {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<Consumer<CommittedBatch>> listeners = new CopyOnWriteArrayList<>();
  private final TreeMap<Long, List<Runnable>> waiting = new TreeMap<>();
  private final State state;
  private List<StampedChange> changes = new ArrayList<>();
  private @Nullable Moment lastMoment;
  private int index;
  private JournalHead head;

  /**
   * A batch that was committed.
   *
   * @param head the journal's head after it
   * @param events what happened
   * @param changes what each event changed
   */
  public record CommittedBatch(
      JournalHead head, List<StampedEvent> events, List<StampedChange> changes) {}

  /** A replica of an empty journal. */
  public Replica(JournalHead genesis) {
    state = new State(this::changed);
    head = genesis;
  }

  /** A replica that starts from a snapshot. */
  public Replica(StateImage image, JournalHead head) {
    state = new State(image, this::changed);
    this.head = head;
  }

  private void changed(Moment moment, Change change) {
    index = moment.equals(lastMoment) ? index + 1 : 0;
    lastMoment = moment;
    changes.add(new StampedChange(moment, index, change));
  }

  /** Hears of every batch, on the thread that folds it, after it can be read. */
  public void onCommitted(Consumer<CommittedBatch> listener) {
    listeners.add(listener);
  }

  /** Folds in a committed row's events. One thread at a time. */
  public void apply(List<StampedEvent> events, JournalHead newHead) {
    List<StampedChange> batch;
    List<Runnable> reached = new ArrayList<>();
    lock.writeLock().lock();
    try {
      for (StampedEvent event : events) {
        state.apply(event.event(), event.moment());
      }
      head = newHead;
      batch = changes;
      changes = new ArrayList<>();
      var due = waiting.headMap(newHead.last(), true);
      due.values().forEach(reached::addAll);
      due.clear();
    } finally {
      lock.writeLock().unlock();
    }
    CommittedBatch committed = new CommittedBatch(newHead, events, batch);
    listeners.forEach(listener -> listener.accept(committed));
    reached.forEach(Runnable::run);
  }

  /** Reads something from the state; the state must not leave the function. */
  public <T> T read(Function<State, T> reader) {
    lock.readLock().lock();
    try {
      return reader.apply(state);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The whole state as data, with the journal's head that it stands for. */
  public <T> T image(java.util.function.BiFunction<StateImage, JournalHead, T> reader) {
    Supplier<StateImage> copy;
    JournalHead at;
    lock.readLock().lock();
    try {
      copy = state.copy();
      at = head;
    } finally {
      lock.readLock().unlock();
    }
    return reader.apply(copy.get(), at);
  }

  /** The journal's head that the state stands for. */
  public JournalHead head() {
    return read(any -> head);
  }

  /** Runs the action once the state is at least at that position; at once if it is. */
  public void whenAt(long position, Runnable action) {
    lock.writeLock().lock();
    try {
      if (head.last() < position) {
        waiting.computeIfAbsent(position, p -> new ArrayList<>()).add(action);
        return;
      }
    } finally {
      lock.writeLock().unlock();
    }
    action.run();
  }

  /** Gives up waiting. */
  public void forget(long position, Runnable action) {
    lock.writeLock().lock();
    try {
      List<Runnable> actions = waiting.get(position);
      if (actions != null && actions.remove(action) && actions.isEmpty()) {
        waiting.remove(position);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
