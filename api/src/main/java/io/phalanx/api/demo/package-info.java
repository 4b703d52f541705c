/** The demo and the simulator on the command line. */
@NullMarked
package io.phalanx.api.demo;

import org.jspecify.annotations.NullMarked;
