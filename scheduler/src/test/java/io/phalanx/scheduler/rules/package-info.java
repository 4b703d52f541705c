/** The rules of the domain, one class for each of its chapters, as given, when and then. */
@NullMarked
package io.phalanx.scheduler.rules;

import org.jspecify.annotations.NullMarked;
