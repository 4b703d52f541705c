package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.view.SettlementView;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Settlements, on their way and acknowledged long ago. May block for the history. */
public final class SettlementReads {

  private static final Wanted<Settlement> SETTLEMENTS =
      Wanted.of(
          HistoryKinds.SETTLEMENT,
          Settlement.class,
          settlement -> settlement.state() == SettlementState.ACKNOWLEDGED);

  private final Engine engine;
  private final Past past;

  /** Reads of that engine. */
  public SettlementReads(Engine engine) {
    this.engine = engine;
    this.past = new Past(engine);
  }

  /** The settlement of that number, with the lines that the sight shows. */
  public Optional<SettlementView> find(long number, Sight sight) {
    return engine
        .replica()
        .read(state -> state.settlements().find(number))
        .or(() -> past.find(SETTLEMENTS, String.valueOf(number)))
        .filter(sight::sees)
        .map(settlement -> sight.shown(settlement, sealed(settlement)));
  }

  /** What was signed of it: a moment after it was closed, which is waited for. */
  public @Nullable SettlementSeal sealed(Settlement settlement) {
    LogReads.follow(engine, settlement.position());
    return engine.receipts().seal(settlement.number()).orElse(null);
  }

  /**
   * Settlements without their lines.
   *
   * @param states any of these states; empty for all
   * @param sight only those of which it shows a line
   */
  public Page<SettlementView> list(Set<SettlementState> states, Sight sight, PageRequest request) {
    Predicate<Settlement> filter =
        s -> (states.isEmpty() || states.contains(s.state())) && sight.sees(s);
    Set<Long> seen = new HashSet<>();
    Scan<Settlement> kept =
        engine
            .replica()
            .read(state -> Scan.live(state.settlements().kept(), s -> s, filter, request, seen));
    boolean pastToo = states.isEmpty() || states.contains(SettlementState.ACKNOWLEDGED);
    Scan<Settlement> old =
        pastToo ? past.scan(SETTLEMENTS, filter, request, seen, kept.stop()) : Scan.nothing();
    return kept.with(old, request)
        .map(settlement -> SettlementView.item(settlement, sealed(settlement)));
  }
}
