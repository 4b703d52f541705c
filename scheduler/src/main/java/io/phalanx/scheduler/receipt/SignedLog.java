package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.proof.SigningKey;

/**
 * Where receipts are kept, and what vouches for them.
 *
 * @param store the log; who opened it closes it
 * @param key the scheduler's own
 */
public record SignedLog(ReceiptStore store, SigningKey key) {}
