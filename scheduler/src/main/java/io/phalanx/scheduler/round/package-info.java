/** Rounds: from a committed state to a plan, and from a plan back to the writer. */
@NullMarked
package io.phalanx.scheduler.round;

import org.jspecify.annotations.NullMarked;
