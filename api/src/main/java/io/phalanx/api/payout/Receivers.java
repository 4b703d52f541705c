package io.phalanx.api.payout;

import io.phalanx.scheduler.engine.SettlementReceiver;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import java.util.List;
import java.util.Optional;

/** Several ends of the line: a settlement is taken when all of them have it. */
public final class Receivers implements SettlementReceiver {
  private final List<SettlementReceiver> all;

  private Receivers(List<SettlementReceiver> all) {
    this.all = all;
  }

  /** What hands over to all of these; none if there are none. */
  public static Optional<SettlementReceiver> of(List<SettlementReceiver> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(new Receivers(List.copyOf(all)));
  }

  @Override
  public boolean deliver(Settlement settlement, SettlementSeal seal) throws InterruptedException {
    for (SettlementReceiver receiver : all) {
      if (!receiver.deliver(settlement, seal)) {
        return false; // those that have it get it again, the same
      }
    }
    return true;
  }
}
