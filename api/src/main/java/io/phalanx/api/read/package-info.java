/** What callers can ask for: answers made of the committed state and the history, without HTTP. */
@NullMarked
package io.phalanx.api.read;

import org.jspecify.annotations.NullMarked;
