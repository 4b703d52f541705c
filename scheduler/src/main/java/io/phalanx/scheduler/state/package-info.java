/** The whole state, folded from events; the single place where nouns meet. */
@NullMarked
package io.phalanx.scheduler.state;

import org.jspecify.annotations.NullMarked;
