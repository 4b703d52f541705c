/** The log of receipts on disk: what was charged, the tree over it, and what was signed. */
@NullMarked
package io.phalanx.scheduler.receipt;

import org.jspecify.annotations.NullMarked;
