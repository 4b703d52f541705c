package io.phalanx.scheduler.command;

import io.phalanx.scheduler.access.Role;
import org.jspecify.annotations.Nullable;

/** Something about API keys. */
public sealed interface AccessCommand extends Command {

  /** The key. */
  String keyId();

  /**
   * An admin issues a key. The secret itself never comes this far.
   *
   * @param keyId names it
   * @param role of whoever presents it
   * @param name whom it acts for
   * @param secretHash SHA-256 of the secret, hex; none when it signs
   * @param publicKey Ed25519, hex; none when it is presented
   */
  record IssueKey(
      String keyId, Role role, String name, @Nullable String secretHash, @Nullable String publicKey)
      implements AccessCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * An admin takes a key back.
   *
   * @param keyId which
   */
  record RevokeKey(String keyId) implements AccessCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
