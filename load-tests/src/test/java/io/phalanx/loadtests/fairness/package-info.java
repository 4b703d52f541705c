/** Tests of {@code fairness}. */
@NullMarked
package io.phalanx.loadtests.fairness;

import org.jspecify.annotations.NullMarked;
