/** Fault tests and fuzzing on the real service. */
@NullMarked
package io.phalanx.loadtests;

import org.jspecify.annotations.NullMarked;
