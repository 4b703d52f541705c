package io.phalanx.scheduler.state;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What falls due, in the order in which it does; at most one timer for each kind and subject. */
public final class Timers {

  private final TreeSet<Timer> queue = new TreeSet<>();
  private final Map<TimerKind, Map<String, Timer>> bySubject = new EnumMap<>(TimerKind.class);

  void restore(List<Timer> timers) {
    timers.forEach(timer -> set(timer.kind(), timer.subject(), timer.dueMs()));
  }

  List<Timer> image() {
    return List.copyOf(queue);
  }

  void set(TimerKind kind, String subject, long dueMs) {
    clear(kind, subject);
    Timer timer = new Timer(dueMs, kind, subject);
    queue.add(timer);
    bySubject.computeIfAbsent(kind, k -> new HashMap<>()).put(subject, timer);
  }

  void clear(TimerKind kind, String subject) {
    Map<String, Timer> timers = bySubject.get(kind);
    Timer timer = timers == null ? null : timers.remove(subject);
    if (timer != null) {
      queue.remove(timer);
    }
  }

  List<Timer> all(TimerKind kind) {
    return queue.stream().filter(timer -> timer.kind() == kind).toList();
  }

  /** The first timer that is due at that time. */
  public Optional<Timer> firstDue(long atMs) {
    return queue.isEmpty() || queue.first().dueMs() > atMs
        ? Optional.empty()
        : Optional.of(queue.first());
  }

  /** How many there are. */
  public int count() {
    return queue.size();
  }
}
