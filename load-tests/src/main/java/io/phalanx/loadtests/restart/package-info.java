/** How long a start takes: a store of a busy network, and starts of the engine on it. */
@NullMarked
package io.phalanx.loadtests.restart;

import org.jspecify.annotations.NullMarked;
