/** JSON of strangers, read strictly. */
@NullMarked
package io.phalanx.attestation.json;

import org.jspecify.annotations.NullMarked;
