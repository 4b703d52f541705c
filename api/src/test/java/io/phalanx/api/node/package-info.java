/** Tests. */
@NullMarked
package io.phalanx.api.node;

import org.jspecify.annotations.NullMarked;
