/** Names of things, and digests that stand for them. */
@NullMarked
package io.phalanx.scheduler.id;

import org.jspecify.annotations.NullMarked;
