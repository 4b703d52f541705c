package io.phalanx.placement.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Numbers names from 0 in the order in which they are first met. */
final class Names {
  private final Map<String, Integer> ids = new HashMap<>();

  int idOf(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int id = ids.size();
    ids.put(name, id);
    return id;
  }

  int size() {
    return ids.size();
  }

  /** By id, whether {@code allowed} (all when empty) has it and {@code denied} has not. */
  boolean[] allowed(Set<String> allowed, Set<String> denied) {
    boolean[] result = new boolean[ids.size()];
    ids.forEach(
        (name, id) ->
            result[id] = (allowed.isEmpty() || allowed.contains(name)) && !denied.contains(name));
    return result;
  }

  int find(String name) {
    return ids.getOrDefault(name, -1);
  }
}
