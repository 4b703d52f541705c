/** The offline planner as a library: two tables in, a plan out, or every fault of the tables. */
@NullMarked
package io.phalanx.placement.file;

import org.jspecify.annotations.NullMarked;
