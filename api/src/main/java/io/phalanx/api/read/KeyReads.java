package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.state.Keys;
import java.util.Optional;

/**
 * Idempotency keys that were used, those of the last minutes in the state, those before in the
 * history. May block for the history, one look at a time.
 */
public final class KeyReads {

  private static final Wanted<Keys.Used> KEYS =
      Wanted.of(HistoryKinds.KEY, Keys.Used.class, key -> true);

  private final Engine engine;
  private final Past past;

  /** Reads of that engine. */
  public KeyReads(Engine engine) {
    this.engine = engine;
    this.past = new Past(engine);
  }

  /** The use of the key in that scope, if it was used. */
  public Optional<Keys.Used> find(String scope) {
    return engine
        .replica()
        .read(state -> state.keys().find(scope))
        .or(() -> past.find(KEYS, HistoryKinds.keyId(scope)));
  }
}
