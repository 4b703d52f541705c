package io.phalanx.api.payout;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.view.SettlementView;
import java.io.UncheckedIOException;

/** A settlement as it is handed over: the same bytes each time. */
final class SettlementBody {
  private SettlementBody() {}

  static byte[] of(Settlement settlement, SettlementSeal seal) {
    try {
      return CoreJson.shown().writeValueAsBytes(SettlementView.of(settlement, seal));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a settlement cannot be written", e);
    }
  }
}
