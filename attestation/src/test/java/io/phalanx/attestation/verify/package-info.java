/** Tests of whole verifications. */
@NullMarked
package io.phalanx.attestation.verify;

import org.jspecify.annotations.NullMarked;
