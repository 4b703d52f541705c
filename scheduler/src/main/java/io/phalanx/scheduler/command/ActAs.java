package io.phalanx.scheduler.command;

import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import org.jspecify.annotations.Nullable;

/**
 * A command with who asks for it: the writer checks that it may. In open mode, where nobody is
 * asked, commands come without.
 *
 * @param caller who asks
 * @param nonce of the signed request it came with; none for one that was not signed, and for
 *     heartbeats and readings, which carry a sequence
 * @param command what is asked
 */
public record ActAs(Caller caller, @Nullable Nonce nonce, Command command) implements Command {

  /** Refuses a command that two callers would ask for. */
  public ActAs {
    if (command instanceof ActAs) {
      throw new IllegalArgumentException("a command has one caller: " + command);
    }
  }

  @Override
  public <R> R accept(CommandHandler<R> handler) {
    return handler.handle(this);
  }
}
