package io.phalanx.api.read;

import io.phalanx.api.read.NetworkView.Reserved;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.State;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network in figures. They walk over all miners, so they are made four times a second at most.
 */
public final class NetworkReads {

  private static final long GOOD_FOR_MS = 250;

  private final Engine engine;
  private final InstantSource clock;
  private @Nullable Made made;

  /**
   * Reads of that engine.
   *
   * @param clock tells how old the figures are
   */
  public NetworkReads(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  private record Made(long atMs, NetworkView view) {}

  private record Seen(List<Miner> miners, int queue, Reserved quotes) {

    static Seen of(State state) {
      return new Seen(
          List.copyOf(state.miners().all()),
          state.deployments().lacking().size(),
          new Reserved(state.quotes().openCount(), state.quotes().reserved()));
    }
  }

  /** The figures, a quarter of a second old at most. Never waits for anything but itself. */
  public synchronized NetworkView network() {
    long nowMs = clock.millis();
    Made last = made;
    if (last == null || nowMs < last.atMs() || nowMs - last.atMs() >= GOOD_FOR_MS) {
      Seen seen = engine.replica().read(Seen::of);
      last = new Made(nowMs, NetworkFigures.of(seen.miners(), seen.queue(), seen.quotes()));
      made = last;
    }
    return last.view();
  }
}
