package io.phalanx.api.read;

import io.phalanx.scheduler.account.Earnings;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.view.MinerView;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;

/** Miners. All of them are in the state: nothing here blocks. */
public final class MinerReads {

  private final Engine engine;
  private final InstantSource clock;

  /**
   * Reads of that engine.
   *
   * @param clock tells what keeps a miner from work now
   */
  public MinerReads(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** A miner with what its view needs beside it. */
  record Known(Miner miner, Earnings earnings, Policy policy) {}

  /** The miner of that name. */
  public Optional<MinerView> find(MinerId id) {
    return engine
        .replica()
        .read(state -> state.miners().find(id).map(miner -> known(miner, state)))
        .map(this::view);
  }

  /** The miners that pass the filter, by their registration. */
  public Page<MinerView> list(MinerFilter filter, PageRequest request) {
    Scan<Known> scan =
        engine
            .replica()
            .read(
                state ->
                    Scan.live(
                        state.miners().inOrder(),
                        id -> known(state.miners().known(id), state),
                        known -> filter.accepts(known.miner()),
                        request,
                        new HashSet<>()));
    return scan.with(Scan.nothing(), request).map(this::view);
  }

  /** The miner with what its view needs, under the state's lock. */
  Known known(Miner miner, State state) {
    return new Known(miner, state.ledger().of(miner.id()), state.policy());
  }

  /** The miner as a caller sees it now. */
  MinerView view(Known known) {
    return MinerView.of(
        known.miner(),
        known.earnings(),
        known.policy(),
        engine.liveness().lastHeardMs(known.miner().id()).orElse(null),
        clock.millis());
  }
}
