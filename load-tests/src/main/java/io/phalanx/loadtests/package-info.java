/** Benchmarks and fault tests against the real service. */
@NullMarked
package io.phalanx.loadtests;

import org.jspecify.annotations.NullMarked;
