/** Settlements on their way, past everything a payout layer may do. */
@NullMarked
package io.phalanx.api.payout;

import org.jspecify.annotations.NullMarked;
