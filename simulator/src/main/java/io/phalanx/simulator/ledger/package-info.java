/** What the service acknowledged, and whether it still knows it. */
@NullMarked
package io.phalanx.simulator.ledger;

import org.jspecify.annotations.NullMarked;
