/** The operations of the contract, on the engine. */
@NullMarked
package io.phalanx.api.route;

import org.jspecify.annotations.NullMarked;
