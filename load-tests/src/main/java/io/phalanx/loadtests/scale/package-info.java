/** What one, two and three nodes take, and what that says of more. */
@NullMarked
package io.phalanx.loadtests.scale;

import org.jspecify.annotations.NullMarked;
