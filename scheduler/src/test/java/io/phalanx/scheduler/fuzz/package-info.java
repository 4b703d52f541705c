/** Bytes that nobody of ours wrote. */
@NullMarked
package io.phalanx.scheduler.fuzz;

import org.jspecify.annotations.NullMarked;
