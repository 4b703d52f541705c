package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.engine.Replica.CommittedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Committed batches that a follower has not taken yet. When they are too many, all are dropped. */
final class ChangeBacklog {
  private static final int MOST_CHANGES = 500_000;

  private List<CommittedBatch> batches = new ArrayList<>();
  private int changes;
  private boolean dropped;

  synchronized void add(CommittedBatch batch) {
    changes += batch.changes().size();
    if (changes > MOST_CHANGES) {
      batches = new ArrayList<>();
      dropped = true;
    }
    if (!dropped) {
      batches.add(batch);
    }
  }

  /** What was added since the last time, oldest first; nothing when some of it was dropped. */
  synchronized Optional<List<CommittedBatch>> take() {
    Optional<List<CommittedBatch>> taken = dropped ? Optional.empty() : Optional.of(batches);
    batches = new ArrayList<>();
    changes = 0;
    dropped = false;
    return taken;
  }
}
