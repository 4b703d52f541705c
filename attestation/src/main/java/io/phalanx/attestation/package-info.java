/** From attestation evidence to a confidence tier. */
@NullMarked
package io.phalanx.attestation;

import org.jspecify.annotations.NullMarked;
