/** What the writer makes of a command: events and an answer, or a refusal. */
@NullMarked
package io.phalanx.scheduler.decision;

import org.jspecify.annotations.NullMarked;
