/** The writer, the journal behind it, and the replicas that follow. */
@NullMarked
package io.phalanx.scheduler.engine;

import org.jspecify.annotations.NullMarked;
