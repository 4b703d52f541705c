/** The placement benchmark: problems by seed, peers, exact oracles, and who reaches what. */
@NullMarked
package io.phalanx.loadtests.compare;

import org.jspecify.annotations.NullMarked;
