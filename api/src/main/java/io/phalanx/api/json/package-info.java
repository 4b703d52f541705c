/** JSON in and out: strict on the way in, streamed on the way out. */
@NullMarked
package io.phalanx.api.json;

import org.jspecify.annotations.NullMarked;
