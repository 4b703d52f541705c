/** Tests. */
@NullMarked
package io.phalanx.api.problem;

import org.jspecify.annotations.NullMarked;
