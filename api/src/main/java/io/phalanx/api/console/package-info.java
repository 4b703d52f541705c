/** The console that a node serves to browsers. */
@NullMarked
package io.phalanx.api.console;

import org.jspecify.annotations.NullMarked;
