/** Receipts, signed documents and how anybody checks them without asking the service. */
@NullMarked
package io.phalanx.scheduler.proof;

import org.jspecify.annotations.NullMarked;
