/** Other processes: the service itself, and Java programs on the same class path. */
@NullMarked
package io.phalanx.loadtests.process;

import org.jspecify.annotations.NullMarked;
