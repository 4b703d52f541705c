package io.phalanx.scheduler.receipt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What payouts are computed from, in forms this package does not know, as it is to be kept.
 *
 * @param facts what is known beside the miners; none if it is as it was
 * @param miners those of which something has changed
 * @param inputs of settlements that were closed
 * @param paid of settlements that were acknowledged
 */
public record RewardRows(
    @Nullable String facts, List<MinerRow> miners, List<InputChunk> inputs, List<Paid> paid) {

  /** Nothing to be kept. */
  public static final RewardRows NONE = new RewardRows(null, List.of(), List.of(), List.of());

  /**
   * A miner that takes part.
   *
   * @param minerId which
   * @param body what is known of it; none if it takes part no more
   */
  public record MinerRow(String minerId, @Nullable String body) {}

  /**
   * Some of a settlement's payout inputs.
   *
   * @param number the settlement
   * @param chunk from 0 without a gap
   * @param body not copied, never to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // written once and never compared
  public record InputChunk(long number, int chunk, byte[] body) {}

  /**
   * What a payout made of a miner's value.
   *
   * @param number the settlement it was paid for
   * @param minerId who was paid
   * @param valueAfter the bits of V after it
   */
  public record Paid(long number, String minerId, String valueAfter) {}

  /** Copies the lists. */
  public RewardRows {
    miners = List.copyOf(miners);
    inputs = List.copyOf(inputs);
    paid = List.copyOf(paid);
  }

  /** Whether there is nothing to be kept. */
  public boolean isEmpty() {
    return facts == null && miners.isEmpty() && inputs.isEmpty() && paid.isEmpty();
  }
}
