/** The kernel's parts, each beside a plain statement of what it is to do. */
@NullMarked
package io.phalanx.placement.kernel;

import org.jspecify.annotations.NullMarked;
