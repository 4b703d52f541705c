/** The real service killed under load, and what must hold afterwards. */
@NullMarked
package io.phalanx.loadtests.fault;

import org.jspecify.annotations.NullMarked;
