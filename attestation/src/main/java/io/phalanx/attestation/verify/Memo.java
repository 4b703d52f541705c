package io.phalanx.attestation.verify;

import io.phalanx.attestation.RejectedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest results of a pure function, so that forgetting and remembering look the same
 * from outside. Rejections are not remembered: strangers could fill it with them.
 */
final class Memo<K, V> {

  /** What is remembered. */
  interface Proof<V> {
    V prove() throws RejectedException;
  }

  private final Map<K, V> known;

  Memo(int capacity) {
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  /** The result for a key, proven now if it is not known; several threads may prove it at once. */
  V get(K key, Proof<V> proof) throws RejectedException {
    V before = find(key);
    if (before != null) {
      return before;
    }
    V proven = proof.prove();
    synchronized (known) {
      known.put(key, proven);
    }
    return proven;
  }

  private @Nullable V find(K key) {
    synchronized (known) {
      return known.get(key);
    }
  }
}
