/** Names of the things the journal speaks of. */
@NullMarked
package io.phalanx.scheduler.id;

import org.jspecify.annotations.NullMarked;
