/** What has left the state, and what lists are read from. */
@NullMarked
package io.phalanx.scheduler.history;

import org.jspecify.annotations.NullMarked;
