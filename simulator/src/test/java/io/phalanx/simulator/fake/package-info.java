/** A service by hand that implements just enough of the contract, and checks its clients. */
@NullMarked
package io.phalanx.simulator.fake;

import org.jspecify.annotations.NullMarked;
