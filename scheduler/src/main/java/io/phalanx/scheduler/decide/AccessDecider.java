package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.AccessKeys;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.event.AccessEvent.KeyIssued;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.state.State;
import java.util.Optional;

/** Issuing API keys and taking them back. */
final class AccessDecider {

  /** All of them are in memory. */
  static final int MOST_KEYS = 100_000;

  private final State state;

  AccessDecider(State state) {
    this.state = state;
  }

  Decision decide(IssueKey command) {
    AccessKeys keys = state.access().keys();
    if (keys.find(command.keyId()).isPresent()) {
      return refuse(Refusal.API_KEY_EXISTS, "There is a key of that id.");
    }
    String publicKey = command.publicKey();
    if (publicKey != null
        && (keys.signing(publicKey).isPresent()
            || state.miners().find(new MinerId(publicKey)).isPresent())) {
      return refuse(
          Refusal.PUBLIC_KEY_IS_IN_USE,
          "Somebody signs with that public key already; it stands for one caller.");
    }
    if (keys.live() >= MOST_KEYS) {
      return refuse(Refusal.TOO_MANY_API_KEYS, "There are " + MOST_KEYS + " keys; revoke some.");
    }
    return accept(
        new KeyIssued(
            command.keyId(), command.role(), command.name(), command.secretHash(), publicKey));
  }

  Decision decide(RevokeKey command) {
    AccessKeys keys = state.access().keys();
    Optional<AccessKey> key = keys.find(command.keyId());
    if (key.isEmpty()) {
      return refuse(Refusal.API_KEY_NOT_FOUND, "There is no key of that id.");
    }
    if (!key.get().isLive()) {
      return accept();
    }
    if (key.get().role() == Role.ADMIN && keys.liveAdmins() == 1) {
      return refuse(
          Refusal.LAST_ADMIN_KEY_STAYS,
          "This is the last admin key; issue another first, or nobody can.");
    }
    return accept(new KeyRevoked(command.keyId()));
  }
}
