/** What a node needs to know before it starts. */
@NullMarked
package io.phalanx.cluster;

import org.jspecify.annotations.NullMarked;
