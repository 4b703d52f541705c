package io.phalanx.scheduler.settlement;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;

/**
 * What the payout layer says that it paid a miner for its share, beside the fees.
 *
 * @param minerId who was paid
 * @param amount how much
 */
public record Payout(MinerId minerId, Amount amount) {}
