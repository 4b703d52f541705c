/** Tests. */
@NullMarked
package io.phalanx.api.json;

import org.jspecify.annotations.NullMarked;
