package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.id.KeyMark;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to the writer.
 *
 * @param command what is asked
 * @param key the idempotency key it came with, if any
 * @param onReply called once, on a thread of the engine: must be quick and never throw
 * @param traceparent the trace that it is part of, as W3C's header says it; the engine only carries
 *     it
 */
public record Submission(
    Command command, @Nullable KeyMark key, Consumer<Reply> onReply, @Nullable String traceparent) {

  /** A command that is part of no trace. */
  public Submission(Command command, @Nullable KeyMark key, Consumer<Reply> onReply) {
    this(command, key, onReply, null);
  }
}
