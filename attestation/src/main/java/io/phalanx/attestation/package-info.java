/**
 * From attestation evidence to a confidence level: the vocabulary. Pure functions of what is handed
 * in: no clock, no network, nothing of the rest of the service.
 */
@NullMarked
package io.phalanx.attestation;

import org.jspecify.annotations.NullMarked;
