/** Exact solvers as the truth that plans are measured against, and problems of every shape. */
@NullMarked
package io.phalanx.placement.exact;

import org.jspecify.annotations.NullMarked;
