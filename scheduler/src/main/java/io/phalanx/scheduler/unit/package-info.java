/** Money, prices, gas and durations: exact integers with their unit in the type. */
@NullMarked
package io.phalanx.scheduler.unit;

import org.jspecify.annotations.NullMarked;
