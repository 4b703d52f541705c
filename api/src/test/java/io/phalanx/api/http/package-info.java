/** Tests. */
@NullMarked
package io.phalanx.api.http;

import org.jspecify.annotations.NullMarked;
