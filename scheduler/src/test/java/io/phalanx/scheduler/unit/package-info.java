/** Money, gas and time in their exact forms. */
@NullMarked
package io.phalanx.scheduler.unit;

import org.jspecify.annotations.NullMarked;
