/** What each command comes to in a given state: reads everything, changes nothing. */
@NullMarked
package io.phalanx.scheduler.decide;

import org.jspecify.annotations.NullMarked;
