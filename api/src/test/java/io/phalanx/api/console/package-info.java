/** Tests of the console's files. */
@NullMarked
package io.phalanx.api.console;

import org.jspecify.annotations.NullMarked;
