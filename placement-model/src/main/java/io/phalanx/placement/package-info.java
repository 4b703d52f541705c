/** The placement problem and plan, and the engine that turns one into the other. */
@NullMarked
package io.phalanx.placement;

import org.jspecify.annotations.NullMarked;
