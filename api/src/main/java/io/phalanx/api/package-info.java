/** The HTTP face of a node. */
@NullMarked
package io.phalanx.api;

import org.jspecify.annotations.NullMarked;
