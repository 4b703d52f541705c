/** Things as a caller sees them: names and forms as in the HTTP contract, built from the state. */
@NullMarked
package io.phalanx.scheduler.view;

import org.jspecify.annotations.NullMarked;
