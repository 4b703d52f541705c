/** Several nodes on one PostgreSQL, as real processes, and what is done to them. */
@NullMarked
package io.phalanx.loadtests.cluster;

import org.jspecify.annotations.NullMarked;
