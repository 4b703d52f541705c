/** Fuzzing of what reads the bytes of strangers. */
@NullMarked
package io.phalanx.attestation.fuzz;

import org.jspecify.annotations.NullMarked;
