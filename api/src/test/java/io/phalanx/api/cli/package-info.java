/** Tests. */
@NullMarked
package io.phalanx.api.cli;

import org.jspecify.annotations.NullMarked;
