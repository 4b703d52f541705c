/** The core: one writer decides commands, the journal keeps the events, replicas fold them. */
@NullMarked
package io.phalanx.scheduler;

import org.jspecify.annotations.NullMarked;
