package io.phalanx.api.route;

import io.phalanx.api.http.Position;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.state.State;
import java.util.function.Function;

/** Reads of the committed state. */
record Committed(Engine engine) {

  /** Reads something that may leave the state, with the position it is from. */
  <T> Seen<T> read(Function<State, T> reader) {
    return engine
        .replica()
        .read(
            state ->
                new Seen<>(reader.apply(state), new Position(state.position(), state.epoch())));
  }
}
