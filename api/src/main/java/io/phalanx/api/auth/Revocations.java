package io.phalanx.api.auth;

import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ends what is open under a key once it is revoked, on whichever node that was. */
public final class Revocations {

  private final Map<String, Set<Runnable>> open = new ConcurrentHashMap<>();
  private final Replica replica;

  private Revocations(Replica replica) {
    this.replica = replica;
  }

  /** Follows the committed state. */
  public static Revocations of(Replica replica) {
    Revocations revocations = new Revocations(replica);
    replica.onCommitted(revocations::committed);
    return revocations;
  }

  /**
   * Ends something when the caller's key is revoked; at once if it is by now.
   *
   * @param caller under whose key it is open; none in open mode
   * @param end ends it, on any thread, at most twice
   * @return says that it has ended by itself
   */
  public Runnable watch(@Nullable Caller caller, Runnable end) {
    if (caller == null || caller.isKeyless() || caller.isMinerItself()) {
      return () -> {};
    }
    String keyId = caller.keyId();
    open.computeIfAbsent(keyId, id -> ConcurrentHashMap.newKeySet()).add(end);
    boolean live =
        replica.read(
            state -> state.access().keys().find(keyId).filter(AccessKey::isLive).isPresent());
    if (!live) {
      end.run(); // it was revoked before it was watched
    }
    return () -> forget(keyId, end);
  }

  private void forget(String keyId, Runnable end) {
    open.computeIfPresent(
        keyId,
        (id, ends) -> {
          ends.remove(end);
          return ends.isEmpty() ? null : ends;
        });
  }

  private void committed(Replica.CommittedBatch batch) {
    batch
        .events()
        .forEach(
            stamped -> {
              if (stamped.event() instanceof KeyRevoked revoked) {
                open.getOrDefault(revoked.keyId(), Set.of()).forEach(Runnable::run);
              }
            });
  }
}
