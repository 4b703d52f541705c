package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.merkle.Tile;
import java.util.List;

/**
 * What is written at once.
 *
 * @param receipts new leaves, in their order, right behind those stored
 * @param tiles tiles that have got longer by them
 * @param seals what was signed of the settlements closed among them
 * @param rewards what payouts are computed from
 * @param corrections charges that were taken back
 * @param followed journal position up to which all is written then
 */
public record ReceiptBatch(
    List<StoredReceipt> receipts,
    List<Tile> tiles,
    List<Seal> seals,
    RewardRows rewards,
    List<StoredCorrection> corrections,
    long followed) {

  /**
   * What was signed of a settlement.
   *
   * @param number the settlement
   * @param body in a form this package does not know
   */
  public record Seal(long number, String body) {}

  /** Without anything of payouts. */
  public ReceiptBatch(
      List<StoredReceipt> receipts, List<Tile> tiles, List<Seal> seals, long followed) {
    this(receipts, tiles, seals, RewardRows.NONE, List.of(), followed);
  }

  /** Copies the lists. */
  public ReceiptBatch {
    receipts = List.copyOf(receipts);
    tiles = List.copyOf(tiles);
    seals = List.copyOf(seals);
    corrections = List.copyOf(corrections);
  }

  /** Whether there is more to it than how far it goes. */
  boolean hasNews() {
    return !receipts.isEmpty() || !seals.isEmpty() || !corrections.isEmpty() || !rewards.isEmpty();
  }
}
