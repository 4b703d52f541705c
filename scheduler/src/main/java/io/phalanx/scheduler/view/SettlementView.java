package io.phalanx.scheduler.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A settlement as the payout layer sees it. The fields of the receipt log and of the signature are
 * null until it is sealed, a moment after it was closed.
 *
 * @param number from 1, without a gap
 * @param from its first instant
 * @param to the first instant after it
 * @param treeSize the receipt log's size at {@code to}
 * @param root the receipt log's root at {@code to}
 * @param previousRoot the root of the settlement before
 * @param total both parts over all lines
 * @param state where it is on its way
 * @param keyId the key it is signed with
 * @param signature over its canonical form
 * @param inputsRoot the root over the payout inputs
 * @param shareTotal the sum of all shares
 * @param lines one for each miner with charges in the period; left out of lists
 */
public record SettlementView(
    long number,
    String from,
    String to,
    @Nullable Long treeSize,
    @Nullable String root,
    @Nullable String previousRoot,
    Amount total,
    SettlementState state,
    @Nullable String keyId,
    @Nullable String signature,
    @Nullable String inputsRoot,
    @Nullable String shareTotal,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<SettlementLine> lines)
    implements Answer {

  /** The settlement with its lines. */
  public static SettlementView of(Settlement settlement, @Nullable SettlementSeal seal) {
    return of(settlement, seal, settlement.lines());
  }

  /** The settlement without its lines, as lists show it. */
  public static SettlementView item(Settlement settlement, @Nullable SettlementSeal seal) {
    return of(settlement, seal, null);
  }

  /** The settlement with some of its lines; none leaves them out. */
  public static SettlementView of(
      Settlement settlement, @Nullable SettlementSeal seal, @Nullable List<SettlementLine> lines) {
    return new SettlementView(
        settlement.number(),
        Timestamps.text(settlement.fromMs()),
        Timestamps.text(settlement.toMs()),
        seal == null ? null : seal.treeSize(),
        seal == null ? null : seal.root(),
        seal == null ? null : seal.previousRoot(),
        settlement.total(),
        settlement.state(),
        seal == null ? null : seal.keyId(),
        seal == null ? null : seal.signature(),
        seal == null ? null : seal.inputsRoot(),
        seal == null ? null : seal.shareTotal(),
        lines);
  }
}
