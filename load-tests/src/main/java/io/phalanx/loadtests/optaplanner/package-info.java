/**
 * The plain model that OptaPlanner is given as a peer: one slot, one variable, its default search.
 */
@NullMarked
package io.phalanx.loadtests.optaplanner;

import org.jspecify.annotations.NullMarked;
