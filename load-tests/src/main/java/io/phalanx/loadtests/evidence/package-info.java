/** Registrations that prove their tier. */
@NullMarked
package io.phalanx.loadtests.evidence;

import org.jspecify.annotations.NullMarked;
