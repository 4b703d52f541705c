package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import java.util.Optional;

/** Rounds. May block. */
public final class RoundReads {

  public RoundReads(Engine engine) {}

  public Optional<RoundView> find(long number) {
    throw new UnsupportedOperationException();
  }

  public Page<RoundView> list(PageRequest request) {
    throw new UnsupportedOperationException();
  }
}
