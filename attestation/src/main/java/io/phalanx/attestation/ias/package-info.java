/** Reports of Intel's retired attestation service. */
@NullMarked
package io.phalanx.attestation.ias;

import org.jspecify.annotations.NullMarked;
