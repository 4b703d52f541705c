/** Tests of traces. */
@NullMarked
package io.phalanx.api.trace;

import org.jspecify.annotations.NullMarked;
