package io.phalanx.simulator.fake;

import org.jspecify.annotations.Nullable;

/** A miner of the fake service. */
final class FakeMiner {
  final String id;
  final long performance;
  final long startedNanos = System.nanoTime();
  String state = "Stopped";
  long sequence = -1;
  @Nullable FakeAssignment assignment;

  FakeMiner(String id, long performance) {
    this.id = id;
    this.performance = performance;
  }
}
