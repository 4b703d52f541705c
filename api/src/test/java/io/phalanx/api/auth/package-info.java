/** Tests of keys, signatures, roles and rates. */
@NullMarked
package io.phalanx.api.auth;

import org.jspecify.annotations.NullMarked;
