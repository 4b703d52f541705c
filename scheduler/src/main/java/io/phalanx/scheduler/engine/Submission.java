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
 */
public record Submission(Command command, @Nullable KeyMark key, Consumer<Reply> onReply) {}
