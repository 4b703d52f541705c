/** Tests of what is done to clusters. */
@NullMarked
package io.phalanx.loadtests.cluster;

import org.jspecify.annotations.NullMarked;
