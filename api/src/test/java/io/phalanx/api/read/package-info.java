/** Tests of reads on a real engine. */
@NullMarked
package io.phalanx.api.read;

import org.jspecify.annotations.NullMarked;
