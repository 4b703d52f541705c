/** Tests of certificates and what they are made of. */
@NullMarked
package io.phalanx.attestation.x509;

import org.jspecify.annotations.NullMarked;
