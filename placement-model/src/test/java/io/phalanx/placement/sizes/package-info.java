/** Problems of the sizes that the placement's bars name, and what a round of each costs. */
@NullMarked
package io.phalanx.placement.sizes;

import org.jspecify.annotations.NullMarked;
