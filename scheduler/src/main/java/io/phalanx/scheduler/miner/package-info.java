/** Miners: who they are, where they stand, what they may do. */
@NullMarked
package io.phalanx.scheduler.miner;

import org.jspecify.annotations.NullMarked;
