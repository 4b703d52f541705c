/**
 * A recorded round as a file: what the API shows of it in full, and the offline planner solves
 * again.
 */
@NullMarked
package io.phalanx.api.recorded;

import org.jspecify.annotations.NullMarked;
