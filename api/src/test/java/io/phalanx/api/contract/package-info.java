/** Tests. */
@NullMarked
package io.phalanx.api.contract;

import org.jspecify.annotations.NullMarked;
