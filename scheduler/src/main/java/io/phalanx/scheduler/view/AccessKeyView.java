package io.phalanx.scheduler.view;

import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.unit.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * An API key as admins see it: never its secret.
 *
 * @param id names it
 * @param role of whoever presents it
 * @param name whom it acts for
 * @param publicKey with which it signs; none when it is presented
 * @param createdAt when it was issued
 * @param revokedAt since when it counts no more
 */
public record AccessKeyView(
    String id,
    Role role,
    String name,
    @Nullable String publicKey,
    String createdAt,
    @Nullable String revokedAt)
    implements Answer {

  /** The key as an admin sees it. */
  public static AccessKeyView of(AccessKey key) {
    return new AccessKeyView(
        key.id(),
        key.role(),
        key.name(),
        key.publicKey(),
        Timestamps.text(key.issuedAtMs()),
        Timestamps.textOrNull(key.revokedAtMs()));
  }
}
