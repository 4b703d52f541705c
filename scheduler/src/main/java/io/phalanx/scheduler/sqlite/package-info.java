/** Opening SQLite files so that what they say is durable is durable. */
@NullMarked
package io.phalanx.scheduler.sqlite;

import org.jspecify.annotations.NullMarked;
