/** Files, and SQLite files, so that what they say is durable is durable. */
@NullMarked
package io.phalanx.scheduler.storage;

import org.jspecify.annotations.NullMarked;
