/** Evidence of tiers: read, verified off the event loop, and judged again when rules change. */
@NullMarked
package io.phalanx.api.evidence;

import org.jspecify.annotations.NullMarked;
