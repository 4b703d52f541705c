/** The entrance: evidence and terms in, verdict out. */
@NullMarked
package io.phalanx.attestation.verify;

import org.jspecify.annotations.NullMarked;
