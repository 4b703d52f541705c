/** The server: routing, limits, deadlines, requests and answers. */
@NullMarked
package io.phalanx.api.http;

import org.jspecify.annotations.NullMarked;
