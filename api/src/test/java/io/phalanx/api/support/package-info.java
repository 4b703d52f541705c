/** Tests. */
@NullMarked
package io.phalanx.api.support;

import org.jspecify.annotations.NullMarked;
