/** Tests of reading JSON. */
@NullMarked
package io.phalanx.attestation.json;

import org.jspecify.annotations.NullMarked;
