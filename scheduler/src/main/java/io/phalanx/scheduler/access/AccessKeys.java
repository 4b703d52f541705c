package io.phalanx.scheduler.access;

import io.phalanx.scheduler.event.AccessEvent.KeyIssued;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All API keys, and the newest of those that were revoked. {@code apply} never refuses. */
public final class AccessKeys {

  /** So many revoked keys are shown; older ones are in the audit trail only. */
  static final int REVOKED_SHOWN = 1_000;

  private final Map<String, AccessKey> byId = new HashMap<>();
  private final NavigableMap<Long, String> byPosition = new TreeMap<>();
  private final Map<String, String> idByPublicKey = new HashMap<>();
  private final Deque<String> revoked = new ArrayDeque<>();
  private int liveAdmins;

  /**
   * The keys as data.
   *
   * @param keys in the order in which they were issued
   * @param revoked ids of those that were revoked, in the order in which they were
   */
  public record Image(List<AccessKey> keys, List<String> revoked) {

    /** No keys. */
    public static final Image EMPTY = new Image(List.of(), List.of());
  }

  void restore(Image image) {
    image.keys().forEach(this::put);
    revoked.addAll(image.revoked());
  }

  Image image() {
    List<AccessKey> keys = byPosition.values().stream().map(this::known).toList();
    return new Image(keys, List.copyOf(revoked));
  }

  /** The key of that id, revoked ones included. */
  public Optional<AccessKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The key of that id, which the journal says exists. */
  public AccessKey known(String id) {
    AccessKey key = byId.get(id);
    if (key == null) {
      throw new CorruptStateException("no API key " + id);
    }
    return key;
  }

  /** The live key that signs with that public key. */
  public Optional<AccessKey> signing(String publicKey) {
    return Optional.ofNullable(idByPublicKey.get(publicKey)).map(this::known);
  }

  /** Ids by the position at which they were issued, revoked ones included. */
  public NavigableMap<Long, String> inOrder() {
    return Collections.unmodifiableNavigableMap(byPosition);
  }

  /** How many count. */
  public int live() {
    return byId.size() - revoked.size();
  }

  /** How many of an admin count. */
  public int liveAdmins() {
    return liveAdmins;
  }

  void apply(KeyIssued event, Moment moment) {
    String publicKey = event.publicKey();
    if (byId.containsKey(event.keyId())
        || (publicKey != null && idByPublicKey.containsKey(publicKey))) {
      throw new CorruptStateException(event, moment, "the key exists");
    }
    put(
        new AccessKey(
            event.keyId(),
            event.role(),
            event.name(),
            event.secretHash(),
            publicKey,
            moment.position(),
            moment.atMs(),
            null));
  }

  void apply(KeyRevoked event, Moment moment) {
    AccessKey key = known(event.keyId());
    if (!key.isLive()) {
      throw new CorruptStateException(event, moment, "the key is revoked");
    }
    byId.put(key.id(), key.revoked(moment.atMs()));
    liveAdmins -= key.role() == Role.ADMIN ? 1 : 0;
    if (key.publicKey() != null) {
      idByPublicKey.remove(key.publicKey());
    }
    revoked.addLast(key.id());
    if (revoked.size() > REVOKED_SHOWN) {
      AccessKey oldest = known(revoked.removeFirst());
      byId.remove(oldest.id());
      byPosition.remove(oldest.position());
    }
  }

  private void put(AccessKey key) {
    byId.put(key.id(), key);
    byPosition.put(key.position(), key.id());
    if (key.isLive()) {
      liveAdmins += key.role() == Role.ADMIN ? 1 : 0;
      if (key.publicKey() != null) {
        idByPublicKey.put(key.publicKey(), key.id());
      }
    }
  }
}
