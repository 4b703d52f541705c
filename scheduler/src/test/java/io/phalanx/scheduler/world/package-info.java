/** A writer with a journal in memory and a clock in the hand of the test. */
@NullMarked
package io.phalanx.scheduler.world;

import org.jspecify.annotations.NullMarked;
