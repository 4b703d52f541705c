/** Intel DCAP: quotes, their collateral, and what both prove together. */
@NullMarked
package io.phalanx.attestation.dcap;

import org.jspecify.annotations.NullMarked;
