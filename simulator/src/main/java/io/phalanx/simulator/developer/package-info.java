/** The simulated developers: they post deployments, watch, change and cancel them. */
@NullMarked
package io.phalanx.simulator.developer;

import org.jspecify.annotations.NullMarked;
