/** The bytes of the journal, kept readable for ever. */
@NullMarked
package io.phalanx.scheduler.codec;

import org.jspecify.annotations.NullMarked;
