/** The plain model that Timefold is given as a peer: one slot, one variable, its default search. */
@NullMarked
package io.phalanx.loadtests.timefold;

import org.jspecify.annotations.NullMarked;
