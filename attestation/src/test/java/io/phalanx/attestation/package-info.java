/** Tests of the tier table. */
@NullMarked
package io.phalanx.attestation;

import org.jspecify.annotations.NullMarked;
