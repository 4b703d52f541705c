package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.engine.Replica.CommittedBatch;
import io.phalanx.scheduler.event.SystemEvent.ReferencePriceMoved;
import io.phalanx.scheduler.round.RoundFacts;
import io.phalanx.scheduler.round.RoundStart;
import io.phalanx.scheduler.state.Change;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the planner sees of the committed state, kept up to date from committed batches. The state
 * itself is read only to begin with, and once more should the planner ever fall far behind.
 */
final class PlannerView {
  private final ChangeBacklog backlog = new ChangeBacklog();
  private final Replica replica;
  private final EngineMeter meter;
  private @Nullable RoundFacts facts;
  private long position;
  private long referencePrice;

  PlannerView(Replica replica, EngineMeter meter) {
    this.replica = replica;
    this.meter = meter;
  }

  /** Something was committed. On any thread. */
  void committed(CommittedBatch batch) {
    backlog.add(batch);
  }

  /** Forgets everything, so that it is read again. */
  void forget() {
    facts = null;
  }

  /** The journal position that the facts stand for. */
  long position() {
    return position;
  }

  /** The reference price at that position, not a later one: a round can be planned again. */
  long referencePrice() {
    return referencePrice;
  }

  /** The facts as they are committed by now. */
  RoundFacts facts(long atMs) {
    Optional<List<CommittedBatch>> news = backlog.take();
    RoundFacts known = facts;
    if (known == null || news.isEmpty()) {
      RoundStart start = replica.read(RoundStart::of);
      known = new RoundFacts(start);
      facts = known;
      position = start.position();
      referencePrice = start.referencePrice();
    }
    for (CommittedBatch batch : news.orElse(List.of())) {
      if (batch.head().last() > position) {
        take(batch, known);
      }
    }
    known.settle(atMs);
    return known;
  }

  private void take(CommittedBatch batch, RoundFacts known) {
    for (StampedChange stamped : batch.changes()) {
      known.take(stamped.change());
      if (stamped.change() instanceof Change.RoundChange committed) {
        meter.committed(committed.round().record());
      }
    }
    for (StampedEvent stamped : batch.events()) {
      if (stamped.event() instanceof ReferencePriceMoved moved) {
        referencePrice = moved.pico();
      }
    }
    position = batch.head().last();
  }
}
