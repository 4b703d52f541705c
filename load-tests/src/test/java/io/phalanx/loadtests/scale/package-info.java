/** Tests of what is made of the figures. */
@NullMarked
package io.phalanx.loadtests.scale;

import org.jspecify.annotations.NullMarked;
