package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.state.Keys;
import java.util.Optional;

/** Idempotency keys that were used, in the state or in the history. May block. */
public final class KeyReads {

  public KeyReads(Engine engine) {}

  public Optional<Keys.Used> find(String scope) {
    throw new UnsupportedOperationException();
  }
}
