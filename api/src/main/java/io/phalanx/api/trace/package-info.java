/** Traces of requests, from the call to the placement, for an OpenTelemetry collector. */
@NullMarked
package io.phalanx.api.trace;

import org.jspecify.annotations.NullMarked;
