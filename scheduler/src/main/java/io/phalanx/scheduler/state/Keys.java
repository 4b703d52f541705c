package io.phalanx.scheduler.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Idempotency keys of the last minutes; older ones are in the history. */
public final class Keys {

  private final Map<String, Used> byScope = new HashMap<>();
  private final TreeMap<Long, String> byPosition = new TreeMap<>();

  /**
   * A key that was used.
   *
   * @param scope caller, method, path and key
   * @param bodyHash SHA-256 of the request body, hex
   * @param position the journal position at which it was remembered
   * @param answer what was answered
   */
  public record Used(String scope, String bodyHash, long position, JsonNode answer) {}

  void restore(List<Used> keys) {
    keys.forEach(this::remember);
  }

  List<Used> image() {
    return byPosition.values().stream().map(byScope::get).toList();
  }

  void remember(Used used) {
    byScope.put(used.scope(), used);
    byPosition.put(used.position(), used.scope());
  }

  void forget(long upTo) {
    var old = byPosition.headMap(upTo, true);
    old.values().forEach(byScope::remove);
    old.clear();
  }

  /** The use of that key, while the state has it. */
  public Optional<Used> find(String scope) {
    return Optional.ofNullable(byScope.get(scope));
  }
}
