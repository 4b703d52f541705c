/** Thirty days of a network in simulated time: who waits for how long, and who gets the work. */
@NullMarked
package io.phalanx.loadtests.fairness;

import org.jspecify.annotations.NullMarked;
