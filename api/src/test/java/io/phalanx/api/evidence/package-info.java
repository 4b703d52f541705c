/** Nonces and pages of evidence. */
@NullMarked
package io.phalanx.api.evidence;

import org.jspecify.annotations.NullMarked;
