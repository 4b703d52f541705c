/** A small client of the HTTP API, on the JDK and Jackson alone. */
@NullMarked
package io.phalanx.client;

import org.jspecify.annotations.NullMarked;
