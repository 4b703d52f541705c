package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.SigningKeys;

/**
 * Where receipts are kept, and what vouches for them.
 *
 * @param store the log; who opened it closes it
 * @param keys the scheduler's own
 */
public record SignedLog(ReceiptStore store, SigningKeys keys) {

  /** With a single key. */
  public SignedLog(ReceiptStore store, SigningKey key) {
    this(store, SigningKeys.of(key));
  }
}
