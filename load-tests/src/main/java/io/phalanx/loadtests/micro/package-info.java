/** Microbenchmarks of the placement engine's parts, run by {@code load-tests/jmh}. */
@NullMarked
package io.phalanx.loadtests.micro;

import org.jspecify.annotations.NullMarked;
