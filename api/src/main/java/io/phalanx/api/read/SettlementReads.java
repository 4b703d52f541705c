package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.view.SettlementView;
import java.util.Optional;
import java.util.Set;

/** Settlements. May block. */
public final class SettlementReads {

  public SettlementReads(Engine engine) {}

  public Optional<SettlementView> find(long number) {
    throw new UnsupportedOperationException();
  }

  public Page<SettlementView> list(Set<SettlementState> states, PageRequest request) {
    throw new UnsupportedOperationException();
  }
}
