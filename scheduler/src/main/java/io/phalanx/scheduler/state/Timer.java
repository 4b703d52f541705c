package io.phalanx.scheduler.state;

import java.util.Comparator;

/**
 * Something that falls due.
 *
 * @param dueMs when, Unix milliseconds
 * @param kind what
 * @param subject of whom: an id as text
 */
public record Timer(long dueMs, TimerKind kind, String subject) implements Comparable<Timer> {

  private static final Comparator<Timer> ORDER =
      Comparator.comparingLong(Timer::dueMs)
          .thenComparing(Timer::kind)
          .thenComparing(Timer::subject);

  @Override
  public int compareTo(Timer other) {
    return ORDER.compare(this, other);
  }
}
