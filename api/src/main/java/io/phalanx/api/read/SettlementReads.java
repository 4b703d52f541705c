package io.phalanx.api.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.engine.InputChunks;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.view.SettlementView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  /**
   * What the payouts for a settlement are computed from, in the order of the miners' ids.
   *
   * @param sight only those of miners that it owns
   */
  public Optional<Page<ObjectNode>> inputs(long number, Sight sight, PageRequest request) {
    return find(number, sight).map(known -> inputsOf(number, sight, request));
  }

  private Page<ObjectNode> inputsOf(long number, Sight sight, PageRequest request) {
    LogReads.follow(engine, engine.replica().head().last());
    Cursor after = request.after();
    long at = after == null ? 0 : after.position() + 1;
    List<ObjectNode> page = new ArrayList<>();
    while (page.size() < request.limit()) {
      List<ObjectNode> some =
          InputChunks.read(engine.receipts().store(), number, at, request.limit());
      if (some.isEmpty()) {
        return new Page<>(page, null);
      }
      for (ObjectNode item : some) {
        at++;
        if (sight.owns(item.path("operator").textValue(), item.path("minerId").textValue())) {
          page.add(item);
        }
        if (page.size() == request.limit()) {
          break;
        }
      }
    }
    return new Page<>(page, new Cursor(at - 1).text());
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
