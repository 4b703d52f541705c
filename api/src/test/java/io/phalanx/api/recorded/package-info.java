/** Tests of recorded rounds. */
@NullMarked
package io.phalanx.api.recorded;

import org.jspecify.annotations.NullMarked;
