package io.phalanx.scheduler.simulation;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.world.Images;
import java.util.ArrayList;
import java.util.List;

/** What survives a crash: rows as bytes, and snapshots. */
final class SimulatedStore {

  /** A committed batch. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(long first, long epoch, byte[] body) {}

  /** A state as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Snapshot(long position, byte[] image) {}

  final List<Row> rows = new ArrayList<>();
  final List<Snapshot> snapshots = new ArrayList<>();
  private final EventCodec codec = new EventCodec();

  Row append(long epoch, List<StampedEvent> events) {
    Row row = new Row(events.get(0).moment().position(), epoch, encode(events));
    rows.add(row);
    return row;
  }

  byte[] encode(List<StampedEvent> events) {
    return codec.encode(events);
  }

  List<StampedEvent> decode(Row row) {
    List<StampedEvent> events = new ArrayList<>();
    codec.decode(row.body(), row.first(), events::add);
    return events;
  }

  void snapshot(State state) {
    snapshots.add(new Snapshot(state.position(), Images.bytes(state)));
    if (snapshots.size() > 3) {
      snapshots.remove(0);
    }
  }

  /** The state that the journal gives, all of it. */
  State fromGenesis() {
    return replayed(new State(ChangeListener.NONE), rows);
  }

  /** The state that a snapshot and the rows after it give, but for so many skipped ones. */
  State from(Snapshot snapshot, int skipped) {
    State state = Images.state(snapshot.image());
    return replayed(
        state,
        rows.stream().filter(row -> row.first() > snapshot.position()).skip(skipped).toList());
  }

  private State replayed(State state, List<Row> tail) {
    for (Row row : tail) {
      codec.decode(
          row.body(), row.first(), stamped -> state.apply(stamped.event(), stamped.moment()));
    }
    return state;
  }
}
