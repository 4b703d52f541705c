/** Tests of the demo's and the simulator's command line. */
@NullMarked
package io.phalanx.api.demo;

import org.jspecify.annotations.NullMarked;
