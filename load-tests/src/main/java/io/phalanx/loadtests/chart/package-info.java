/** Plots as SVG text, for pages that a person looks at. */
@NullMarked
package io.phalanx.loadtests.chart;

import org.jspecify.annotations.NullMarked;
