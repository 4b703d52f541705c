/** What a miner is worth to the payout layer: Phala's value and share, bit for bit. */
@NullMarked
package io.phalanx.scheduler.reward;

import org.jspecify.annotations.NullMarked;
