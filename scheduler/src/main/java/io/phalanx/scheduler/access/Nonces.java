package io.phalanx.scheduler.access;

import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Signed requests that were seen, for as long as any node would take them again. They are part of
 * the state, so that a restart or another leader knows them too.
 */
public final class Nonces {

  private final Set<Used> used = new HashSet<>();
  private final NavigableSet<Nonce> byEnd = new TreeSet<>();

  private record Used(String keyId, String nonce) {
    static Used of(Nonce nonce) {
      return new Used(nonce.keyId(), nonce.nonce());
    }
  }

  void restore(List<Nonce> nonces) {
    nonces.forEach(this::add);
  }

  List<Nonce> image() {
    return List.copyOf(byEnd);
  }

  /** Whether a request of that key and nonce was seen. */
  public boolean hasSeen(String keyId, String nonce) {
    return used.contains(new Used(keyId, nonce));
  }

  /** How many are remembered. */
  public int count() {
    return byEnd.size();
  }

  void apply(NonceUsed event, Moment moment) {
    while (!byEnd.isEmpty() && byEnd.first().untilMs() <= moment.atMs()) {
      used.remove(Used.of(byEnd.pollFirst()));
    }
    if (hasSeen(event.keyId(), event.nonce())) {
      throw new CorruptStateException(event, moment, "the nonce was used");
    }
    add(new Nonce(event.keyId(), event.nonce(), event.untilMs()));
  }

  private void add(Nonce nonce) {
    byEnd.add(nonce);
    used.add(Used.of(nonce));
  }
}
