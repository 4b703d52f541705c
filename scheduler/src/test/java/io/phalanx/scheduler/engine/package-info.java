/** The engine on a real store. */
@NullMarked
package io.phalanx.scheduler.engine;

import org.jspecify.annotations.NullMarked;
