/** Why a deployment is where it is, by the same functions that place it. */
@NullMarked
package io.phalanx.placement.explain;

import org.jspecify.annotations.NullMarked;
