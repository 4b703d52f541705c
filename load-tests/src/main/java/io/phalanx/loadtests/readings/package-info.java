/** How many gas readings a node makes durable. */
@NullMarked
package io.phalanx.loadtests.readings;

import org.jspecify.annotations.NullMarked;
