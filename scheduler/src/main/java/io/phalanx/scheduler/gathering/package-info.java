/** Deployments that need several miners at once, and gather them as they fall Idle. */
@NullMarked
package io.phalanx.scheduler.gathering;

import org.jspecify.annotations.NullMarked;
