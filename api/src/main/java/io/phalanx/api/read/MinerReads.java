package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.view.MinerView;
import java.time.InstantSource;
import java.util.Optional;

/** Miners. Nothing here blocks. */
public final class MinerReads {

  public MinerReads(Engine engine, InstantSource clock) {}

  public Optional<MinerView> find(MinerId id) {
    throw new UnsupportedOperationException();
  }

  public Page<MinerView> list(MinerFilter filter, PageRequest request) {
    throw new UnsupportedOperationException();
  }
}
