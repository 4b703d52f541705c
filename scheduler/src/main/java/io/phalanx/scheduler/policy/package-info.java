/** The figures an admin may change. */
@NullMarked
package io.phalanx.scheduler.policy;

import org.jspecify.annotations.NullMarked;
