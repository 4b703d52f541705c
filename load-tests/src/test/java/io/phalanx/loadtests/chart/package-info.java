/** Tests of {@code chart}. */
@NullMarked
package io.phalanx.loadtests.chart;

import org.jspecify.annotations.NullMarked;
