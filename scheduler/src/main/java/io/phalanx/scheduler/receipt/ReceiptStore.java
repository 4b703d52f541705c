package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.merkle.TileReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log of receipts, written from committed rows only, read from any thread. It can be built
 * again from the journal and its archives. One thread writes at a time. Every method may throw
 * {@link ReceiptsFailedException}.
 */
public interface ReceiptStore extends TileReader, AutoCloseable {
  /** Journal position up to which everything has been written; 0 at first. */
  long followed();

  /** How many receipts there are: the size of the tree. */
  long size();

  /**
   * Writes all or nothing, durable when it returns.
   *
   * @throws ReceiptsFailedException also if the receipts do not follow those stored, or the
   *     position goes back
   */
  void write(ReceiptBatch batch);

  /** The receipt of the charge at that journal position. */
  Optional<StoredReceipt> at(long position);

  List<StoredReceipt> page(ReceiptQuery query);

  /** What was signed of a settlement. */
  Optional<String> seal(long number);

  /** What was signed of the newest settlement before the one of that number. */
  Optional<String> sealBefore(long number);

  /** The first leaf that was charged at that instant or later; the size of the tree if none was. */
  long leafAt(long atMs);

  /** Charges that were taken back from the first instant to before the second, oldest first. */
  List<StoredCorrection> corrections(long fromMs, long toMs);

  /** What is known of payouts beside the miners; none before the first batch. */
  Optional<String> rewardFacts();

  /** What is known of each miner that takes part. */
  List<String> rewardMiners();

  /** Some of a settlement's payout inputs. */
  Optional<byte[]> inputs(long number, int chunk);

  /** The bits of V after the payout for a settlement, by miner. */
  Map<String, String> paid(long number);

  @Override
  void close();
}
