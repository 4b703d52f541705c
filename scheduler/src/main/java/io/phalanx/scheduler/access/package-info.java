/** Who may ask for what: roles, callers, API keys, and signed requests that were seen. */
@NullMarked
package io.phalanx.scheduler.access;

import org.jspecify.annotations.NullMarked;
