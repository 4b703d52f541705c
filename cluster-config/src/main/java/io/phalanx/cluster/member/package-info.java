/** Who is there: the cluster of Vert.x on Hazelcast, and what the nodes tell each other. */
@NullMarked
package io.phalanx.cluster.member;

import org.jspecify.annotations.NullMarked;
