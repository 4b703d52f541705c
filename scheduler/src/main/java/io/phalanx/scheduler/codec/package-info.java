/** How events, images and views are written: JSON, with one mapper for each use. */
@NullMarked
package io.phalanx.scheduler.codec;

import org.jspecify.annotations.NullMarked;
