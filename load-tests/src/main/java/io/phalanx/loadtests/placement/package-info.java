/** How long a deployment waits from accepted to placed in a busy network. */
@NullMarked
package io.phalanx.loadtests.placement;

import org.jspecify.annotations.NullMarked;
