/** Clients that hold on to the real service, or flood it. */
@NullMarked
package io.phalanx.loadtests.border;

import org.jspecify.annotations.NullMarked;
