package io.phalanx.scheduler.round;

import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import java.util.HashMap;
import java.util.Map;

/** Who takes part and who is Active, by operator. */
final class MinerCounts {
  private final Map<String, Integer> takingPart = new HashMap<>();
  private final Map<String, Integer> activeByOperator = new HashMap<>();
  private int active;

  void add(Miner miner) {
    count(miner, 1);
  }

  void remove(Miner miner) {
    count(miner, -1);
  }

  int operators() {
    return takingPart.size();
  }

  int active() {
    return active;
  }

  Map<String, Integer> activeByOperator() {
    return activeByOperator;
  }

  private void count(Miner miner, int by) {
    if (miner.state() != MinerState.STOPPED) {
      add(takingPart, miner.operator(), by);
    }
    if (miner.state() == MinerState.ACTIVE) {
      add(activeByOperator, miner.operator(), by);
      active += by;
    }
  }

  private static void add(Map<String, Integer> counts, String operator, int by) {
    counts.merge(operator, by, (had, more) -> had + more == 0 ? null : had + more);
  }
}
