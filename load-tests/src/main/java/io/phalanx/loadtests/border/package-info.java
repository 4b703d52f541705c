/** Clients that hold on to the service, or flood it, and honest ones beside them. */
@NullMarked
package io.phalanx.loadtests.border;

import org.jspecify.annotations.NullMarked;
