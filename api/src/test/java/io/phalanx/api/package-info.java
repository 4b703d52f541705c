/** Tests of the node's face as a whole. */
@NullMarked
package io.phalanx.api;

import org.jspecify.annotations.NullMarked;
