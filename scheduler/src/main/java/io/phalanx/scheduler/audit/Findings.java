package io.phalanx.scheduler.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects violations; keeps the first ones and counts them all. */
final class Findings {

  static final int KEPT = 1000;

  private final List<Violation> kept = new ArrayList<>();
  private long count;
  private long position;

  /** What is reported from now on is shown by the event at that position. */
  void at(long eventPosition) {
    position = eventPosition;
  }

  void report(int invariant, String sentence) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(new Violation(position, invariant, sentence));
    }
  }

  void check(boolean holds, int invariant, Supplier<String> sentence) {
    if (!holds) {
      report(invariant, sentence.get());
    }
  }

  List<Violation> kept() {
    return kept;
  }

  long count() {
    return count;
  }
}
