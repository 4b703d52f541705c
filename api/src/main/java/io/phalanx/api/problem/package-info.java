/** Problem details (RFC 9457): every refusal a client can meet. */
@NullMarked
package io.phalanx.api.problem;

import org.jspecify.annotations.NullMarked;
