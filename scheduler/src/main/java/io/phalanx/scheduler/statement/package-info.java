/** What somebody was charged or earned in a period. */
@NullMarked
package io.phalanx.scheduler.statement;

import org.jspecify.annotations.NullMarked;
