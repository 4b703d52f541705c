/** The store that the restart benchmark starts on. */
@NullMarked
package io.phalanx.loadtests.restart;

import org.jspecify.annotations.NullMarked;
