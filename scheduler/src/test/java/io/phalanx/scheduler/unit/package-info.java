/** The bytes of the journal, kept readable for ever. */
@NullMarked
package io.phalanx.scheduler.unit;

import org.jspecify.annotations.NullMarked;
