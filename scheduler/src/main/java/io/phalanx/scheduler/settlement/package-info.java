/** Closed periods of fees on their way to the payout layer. */
@NullMarked
package io.phalanx.scheduler.settlement;

import org.jspecify.annotations.NullMarked;
