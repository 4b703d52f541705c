/** Load generators for benchmarks: a fixed rate, or a fixed number of connections. */
@NullMarked
package io.phalanx.simulator.load;

import org.jspecify.annotations.NullMarked;
