/**
 * The OptaPlanner model: slots as entities, idle miners as values, the rules as constraint streams,
 * and the phases.
 */
@NullMarked
package io.phalanx.placement.model;

import org.jspecify.annotations.NullMarked;
