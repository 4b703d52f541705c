/** Tests of {@code compare}. */
@NullMarked
package io.phalanx.loadtests.compare;

import org.jspecify.annotations.NullMarked;
