/** Tests of the journal's vocabulary. */
@NullMarked
package io.phalanx.scheduler.event;

import org.jspecify.annotations.NullMarked;
