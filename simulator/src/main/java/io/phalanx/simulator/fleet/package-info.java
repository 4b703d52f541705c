/** The simulated miners: they beat, acknowledge, work, report gas, and sometimes misbehave. */
@NullMarked
package io.phalanx.simulator.fleet;

import org.jspecify.annotations.NullMarked;
