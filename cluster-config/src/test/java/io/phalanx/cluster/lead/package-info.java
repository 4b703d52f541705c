/** Tests of this package. */
@NullMarked
package io.phalanx.cluster.lead;

import org.jspecify.annotations.NullMarked;
