package io.phalanx.scheduler.engine;

import io.phalanx.placement.PlacementProblem;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RecordedRound;
import io.phalanx.scheduler.round.RoundProblem;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import io.phalanx.scheduler.snapshot.SnapshotUnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a round planned on, found again by folding the journal up to the state that it saw. Nothing
 * of it is kept beside the journal, so any round can be found again at any time; slow, for the rare
 * question.
 */
final class RoundReplay {

  private final Supplier<Journal> current;
  private final SnapshotStore snapshots;

  /**
   * A replay that reads nothing yet.
   *
   * @param current the journal that is open now: after a failure it is another one
   */
  RoundReplay(Supplier<Journal> current, SnapshotStore snapshots) {
    this.current = current;
    this.snapshots = snapshots;
  }

  /** Thrown when the journal has been read far enough. */
  private static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reached() {
      super("far enough", null, false, false);
    }
  }

  /** The round with what it planned on; one at a time, as each holds a whole state. */
  synchronized RecordedRound replay(CommittedRound round) {
    long base = round.record().basePosition();
    Journal journal = current.get();
    Replica replica =
        snapshots
            .newest((at, in) -> replica(at, in, base), (name, reason) -> {})
            .orElseGet(() -> new Replica(JournalRow.genesis(journal.cell()).head()));
    List<PlannedLine> placed = new ArrayList<>();
    EventCodec codec = new EventCodec();
    long last = round.position() + round.record().placedReplicas();
    try {
      journal.readAfter(
          replica.head(),
          row -> {
            if (row.first() > last) {
              throw new Reached();
            }
            List<StampedEvent> events = new ArrayList<>();
            if (row.last() <= base || row.last() > round.position()) {
              codec.decode(row.body(), row.first(), events::add);
            }
            if (row.last() <= base) {
              replica.apply(events, row.head());
            } else {
              events.stream()
                  .filter(event -> event.moment().position() > round.position())
                  .forEach(event -> add(event, event.moment().position() <= last, round, placed));
            }
          });
    } catch (Reached enough) {
      // what lies behind is of no interest
    }
    return new RecordedRound(round, problem(replica, round), placed);
  }

  private static PlacementProblem problem(Replica replica, CommittedRound round) {
    long base = round.record().basePosition();
    return replica.read(
        state -> {
          if (state.position() != base) {
            throw new IllegalStateException(
                "round " + round.record().number() + " saw " + base + ", not " + state.position());
          }
          return RoundProblem.of(state, round.record().course().plannedAtMs());
        });
  }

  /** A command's events share a row, so what the round gave to quotes is in one of its rows. */
  private static void add(
      StampedEvent event, boolean isOffer, CommittedRound round, List<PlannedLine> placed) {
    if (isOffer) {
      placed.add(line(event));
    } else if (event.event() instanceof QuoteOffered offered
        && offered.round() == round.record().number()) {
      for (Placement placement : offered.placements()) {
        DeploymentId bidder = offered.quoteId().holder();
        placed.add(new PlannedLine(bidder, placement.minerId(), placement.gasPrice()));
      }
    }
  }

  private static PlannedLine line(StampedEvent event) {
    if (event.event() instanceof AssignmentOffered offer) {
      Placement placement = offer.placement();
      return new PlannedLine(offer.deploymentId(), placement.minerId(), placement.gasPrice());
    }
    throw new IllegalStateException("a round's offers follow it at once, not " + event);
  }

  /** One that is too new is passed over: the one before may do. */
  private static Replica replica(JournalHead at, InputStream in, long base) throws IOException {
    if (at.last() > base) {
      throw new SnapshotUnusableException("it is newer than position " + base);
    }
    return new Replica(ImageCodec.read(in), at);
  }
}
