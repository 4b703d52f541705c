package io.phalanx.scheduler.access;

import org.jspecify.annotations.Nullable;

/**
 * An API key: a secret that is presented, of which only the hash is known here, or a public key
 * that signs.
 *
 * @param id names it; no secret
 * @param role of whoever presents it
 * @param name the developer or operator it acts for; of a miner's key the miner's id
 * @param secretHash SHA-256 of the secret, hex; none when it signs
 * @param publicKey Ed25519, hex; none when it is presented
 * @param position the journal position at which it was issued
 * @param issuedAtMs when, Unix milliseconds
 * @param revokedAtMs since when it counts no more, Unix milliseconds
 */
public record AccessKey(
    String id,
    Role role,
    String name,
    @Nullable String secretHash,
    @Nullable String publicKey,
    long position,
    long issuedAtMs,
    @Nullable Long revokedAtMs) {

  /** Whether it still counts. */
  public boolean isLive() {
    return revokedAtMs == null;
  }

  /** The same, revoked at that time. */
  AccessKey revoked(long atMs) {
    return new AccessKey(id, role, name, secretHash, publicKey, position, issuedAtMs, atMs);
  }

  /** Who presents it. */
  public Caller caller() {
    return new Caller(role, name, id);
  }
}
