package io.phalanx.attestation;

import java.util.Optional;

/**
 * What the report data must hold, so that evidence cannot be handed in by another or again: the
 * miner's key in its first 32 bytes, then the nonce in the next 32.
 *
 * @param minerKey the miner's Ed25519 public key, 32 bytes
 * @param nonce what the service gave out, 32 bytes; none where only the key is asked for
 */
public record Binding(Bytes minerKey, Optional<Bytes> nonce) {
  /** Length of a key and of a nonce. */
  public static final int LENGTH = 32;

  /** Refuses other lengths. */
  public Binding {
    if (minerKey.length() != LENGTH) {
      throw new IllegalArgumentException("a miner's key has 32 bytes, not " + minerKey.length());
    }
    if (nonce.isPresent() && nonce.get().length() != LENGTH) {
      throw new IllegalArgumentException("a nonce has 32 bytes, not " + nonce.get().length());
    }
  }

  /** To a key alone, as for evidence whose nonce was checked when it came. */
  public static Binding toKey(Bytes minerKey) {
    return new Binding(minerKey, Optional.empty());
  }
}
