package io.phalanx.scheduler.receipt;

/**
 * A charge that was taken back.
 *
 * @param position the journal position at which it was
 * @param atMs when it was, Unix milliseconds
 * @param developer who had paid
 * @param operator whose miner it was
 * @param miner by which miner
 * @param body in a form this package does not know
 */
public record StoredCorrection(
    long position, long atMs, String developer, String operator, String miner, String body) {}
