package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import java.time.InstantSource;

/** The network in figures. Walks all miners, so at most four times a second. */
public final class NetworkReads {

  public NetworkReads(Engine engine, InstantSource clock) {}

  public NetworkView network() {
    throw new UnsupportedOperationException();
  }
}
