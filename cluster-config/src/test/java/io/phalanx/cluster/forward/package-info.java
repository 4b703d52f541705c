/** Tests of this package. */
@NullMarked
package io.phalanx.cluster.forward;

import org.jspecify.annotations.NullMarked;
