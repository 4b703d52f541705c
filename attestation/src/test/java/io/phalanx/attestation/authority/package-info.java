/** An authority of our own that issues everything Intel's does, for tests only. */
@NullMarked
package io.phalanx.attestation.authority;

import org.jspecify.annotations.NullMarked;
