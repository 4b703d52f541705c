/** Copies of the state at a position, so that a start need not replay the whole journal. */
@NullMarked
package io.phalanx.scheduler.snapshot;

import org.jspecify.annotations.NullMarked;
