/** Who calls: API keys, signed requests, roles and rates, before anything else looks at a call. */
@NullMarked
package io.phalanx.api.auth;

import org.jspecify.annotations.NullMarked;
