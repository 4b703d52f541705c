package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.KeyScope;
import io.phalanx.scheduler.state.Keys;
import java.util.Optional;

/**
 * Idempotency keys that were used, those of the last minutes in the state, those before in the
 * history. May block for the history.
 */
public final class KeyReads {

  private final Engine engine;

  /** Reads of that engine. */
  public KeyReads(Engine engine) {
    this.engine = engine;
  }

  /**
   * The use of a key that is committed. It is in the history before it leaves the state, so in this
   * order it is found at every moment.
   */
  public Optional<Keys.Used> find(KeyScope scope) {
    return inState(scope).or(() -> inHistory(scope));
  }

  /** The use of a key as the state has it; never blocks for the history. */
  public Optional<Keys.Used> inState(KeyScope scope) {
    return engine.replica().read(state -> state.keys().find(scope));
  }

  /** The use of a key as the history has it. */
  public Optional<Keys.Used> inHistory(KeyScope scope) {
    return engine.history().key(scope).map(key -> new Keys.Used(key.mark(), key.position()));
  }
}
