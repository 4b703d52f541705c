package io.phalanx.api.auth;

import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.Caller;
import java.util.Optional;

/** Who may come in, as the committed state has it. */
public interface KnownCallers {

  /** The key of that id, revoked ones included. */
  Optional<AccessKey> key(String id);

  /** Who signs with that public key: the holder of an API key, or a registered miner. */
  Optional<Caller> signing(String publicKey);

  /** Whether a signed write of that key and nonce was seen. */
  boolean hasSeen(String publicKey, String nonce);
}
