/** As much of X.509 as Intel's certificates use, read strictly. */
@NullMarked
package io.phalanx.attestation.x509;

import org.jspecify.annotations.NullMarked;
