package io.phalanx.scheduler.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** The one source of everything that is random in a run. */
final class Chance {

  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** 0 or more, under the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From the one to the other, both included. */
  long between(long lowest, long highest) {
    return random.nextLong(lowest, highest + 1);
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  <T> T of(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  @SafeVarargs
  final <T> T any(T... items) {
    return items[random.nextInt(items.length)];
  }
}
