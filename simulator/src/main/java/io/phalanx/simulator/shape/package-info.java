/** What a simulated fleet and its demand look like: drawn from a seed, or read from CSV files. */
@NullMarked
package io.phalanx.simulator.shape;

import org.jspecify.annotations.NullMarked;
