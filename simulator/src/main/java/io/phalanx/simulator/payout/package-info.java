/** A payout layer in the small: receives settlements over HTTP, checks and acknowledges them. */
@NullMarked
package io.phalanx.simulator.payout;

import org.jspecify.annotations.NullMarked;
