/** Tests. */
@NullMarked
package io.phalanx.api.route;

import org.jspecify.annotations.NullMarked;
