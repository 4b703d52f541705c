/** Firm prices, with the miners that are held for whoever was told them. */
@NullMarked
package io.phalanx.scheduler.quote;

import org.jspecify.annotations.NullMarked;
