/** How many gas readings a node makes durable, and how what they cost is settled. */
@NullMarked
package io.phalanx.loadtests.readings;

import org.jspecify.annotations.NullMarked;
