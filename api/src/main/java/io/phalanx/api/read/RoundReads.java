package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.round.RecordedRound;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Rounds, by their number. May block for the history. */
public final class RoundReads {

  private static final Wanted<CommittedRound> ROUNDS =
      Wanted.of(HistoryKinds.ROUND, CommittedRound.class, round -> true);

  private final Engine engine;
  private final Past past;

  /** Reads of that engine. */
  public RoundReads(Engine engine) {
    this.engine = engine;
    this.past = new Past(engine);
  }

  /** The round of that number, with the lines it dropped. */
  public Optional<RoundView> find(long number) {
    return committed(number).map(RoundView::of);
  }

  /** The round of that number with what it planned on; slow, reads the journal. */
  public Optional<RecordedRound> recorded(long number) {
    return committed(number).map(engine::recorded);
  }

  private Optional<CommittedRound> committed(long number) {
    return engine
        .replica()
        .read(state -> state.rounds().find(number))
        .or(() -> past.find(ROUNDS, String.valueOf(number)));
  }

  /** Rounds without the lines they dropped. */
  public Page<RoundView> list(PageRequest request) {
    TreeMap<Long, CommittedRound> newest = new TreeMap<>();
    engine
        .replica()
        .read(state -> state.rounds().newest())
        .forEach(round -> newest.put(round.record().number(), round));
    Set<Long> seen = new HashSet<>();
    Scan<CommittedRound> kept = Scan.live(newest, round -> round, round -> true, request, seen);
    Scan<CommittedRound> old = past.scan(ROUNDS, round -> true, request, seen, kept.stop());
    return kept.with(old, request).map(RoundView::item);
  }
}
