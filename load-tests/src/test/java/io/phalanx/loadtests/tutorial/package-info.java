/** The documents' commands, run as a reader would. */
@NullMarked
package io.phalanx.loadtests.tutorial;

import org.jspecify.annotations.NullMarked;
