/** An append-only Merkle tree after RFC 9162 §2.1: it grows, proves and is checked. */
@NullMarked
package io.phalanx.scheduler.merkle;

import org.jspecify.annotations.NullMarked;
