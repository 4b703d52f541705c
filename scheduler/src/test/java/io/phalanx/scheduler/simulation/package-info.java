/**
 * The core under random commands, clocks and crashes: every run follows from one seed and can be
 * run again.
 */
@NullMarked
package io.phalanx.scheduler.simulation;

import org.jspecify.annotations.NullMarked;
