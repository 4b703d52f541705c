/**
 * The check of a journal against every rule it must keep, by a second, naive model of the domain
 * that shares no code with the one that wrote it.
 */
@NullMarked
package io.phalanx.scheduler.audit;

import org.jspecify.annotations.NullMarked;
