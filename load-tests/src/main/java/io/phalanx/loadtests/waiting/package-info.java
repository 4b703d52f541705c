/** Estimated waiting times beside those that came. */
@NullMarked
package io.phalanx.loadtests.waiting;

import org.jspecify.annotations.NullMarked;
