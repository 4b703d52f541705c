/** The durable log of one cell: rows of opaque bytes, chained by hash, fenced by epoch. */
@NullMarked
package io.phalanx.scheduler.journal;

import org.jspecify.annotations.NullMarked;
