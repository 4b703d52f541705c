/** The OpenAPI document, and the validation of requests by it. */
@NullMarked
package io.phalanx.api.contract;

import org.jspecify.annotations.NullMarked;
