/** What somebody asks the writer to do. */
@NullMarked
package io.phalanx.scheduler.command;

import org.jspecify.annotations.NullMarked;
