/** Writes on their way to the leader, over the event bus of Vert.x. */
@NullMarked
package io.phalanx.cluster.forward;

import org.jspecify.annotations.NullMarked;
