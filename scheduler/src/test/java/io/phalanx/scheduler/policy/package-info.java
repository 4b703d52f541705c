/** Tests of the policy. */
@NullMarked
package io.phalanx.scheduler.policy;

import org.jspecify.annotations.NullMarked;
