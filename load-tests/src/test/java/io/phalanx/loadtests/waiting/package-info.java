/** Tests of what measures waiting times. */
@NullMarked
package io.phalanx.loadtests.waiting;

import org.jspecify.annotations.NullMarked;
