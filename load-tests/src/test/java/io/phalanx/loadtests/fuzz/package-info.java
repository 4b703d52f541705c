/** Malformed requests from a corpus and from a seed, and what every answer to them must be like. */
@NullMarked
package io.phalanx.loadtests.fuzz;

import org.jspecify.annotations.NullMarked;
