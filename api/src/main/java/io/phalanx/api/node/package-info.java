/** A whole node: engine, server, and what connects them. */
@NullMarked
package io.phalanx.api.node;

import org.jspecify.annotations.NullMarked;
