package io.phalanx.placement.explain;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Values of one field, each asking less than the one before, so that what a value makes possible
 * every later one does as well.
 */
record Ladder(List<Change> steps) {
  Ladder {
    steps = List.copyOf(steps);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  Change last() {
    return steps.get(steps.size() - 1);
  }

  /** The first step that does, if the last one does. */
  Optional<Change> first(Predicate<Change> does) {
    if (isEmpty() || !does.test(last())) {
      return Optional.empty();
    }
    int low = 0;
    int high = steps.size() - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (does.test(steps.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Optional.of(steps.get(low));
  }
}
