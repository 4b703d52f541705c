package io.phalanx.scheduler.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.access.Role;
import org.jspecify.annotations.Nullable;

/** Something about who may come in, and what admins did. */
public sealed interface AccessEvent extends Event {

  /**
   * An API key was issued.
   *
   * @param keyId names it
   * @param role of whoever presents it
   * @param name whom it acts for
   * @param secretHash SHA-256 of the secret, hex; none when it signs
   * @param publicKey Ed25519, hex; none when it is presented
   */
  record KeyIssued(
      String keyId, Role role, String name, @Nullable String secretHash, @Nullable String publicKey)
      implements AccessEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * An API key counts no more.
   *
   * @param keyId which
   */
  record KeyRevoked(String keyId) implements AccessEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * A signed request was seen, whatever became of it.
   *
   * @param keyId the public key that signed it, hex
   * @param nonce what made it one of its kind
   * @param untilMs until when it is remembered, Unix milliseconds
   */
  record NonceUsed(String keyId, String nonce, long untilMs) implements AccessEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * An admin's command was done; what it changed stands just before.
   *
   * @param keyId the key that was presented; empty for the service itself and in open mode
   * @param name whom the key acts for
   * @param action the command
   * @param subject what it was about
   * @param detail the command as it was asked, if it is short enough to be kept
   */
  record AdminActed(
      String keyId, String name, String action, String subject, @Nullable JsonNode detail)
      implements AccessEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
