/** The console as people meet it: real clicks and keys in a real browser. */
@NullMarked
package io.phalanx.api.browser;

import org.jspecify.annotations.NullMarked;
