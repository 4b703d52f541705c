/** Tests of this package. */
@NullMarked
package io.phalanx.cluster.member;

import org.jspecify.annotations.NullMarked;
