/** Simulated miners, developers and payout layer that use the service over HTTP only. */
@NullMarked
package io.phalanx.simulator;

import org.jspecify.annotations.NullMarked;
