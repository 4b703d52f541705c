/** Counts and latencies of a run. */
@NullMarked
package io.phalanx.simulator.stats;

import org.jspecify.annotations.NullMarked;
