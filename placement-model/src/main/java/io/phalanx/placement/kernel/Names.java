package io.phalanx.placement.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers names from 0 in the order in which they are first met. */
final class Names {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  int idOf(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int id = names.size();
    ids.put(name, id);
    names.add(name);
    return id;
  }

  int size() {
    return names.size();
  }

  String name(int id) {
    return names.get(id);
  }

  /** By id, whether {@code allowed} (all when empty) has it and {@code denied} has not. */
  boolean[] allowed(Set<String> allowed, Set<String> denied) {
    boolean[] result = new boolean[names.size()];
    for (int id = 0; id < result.length; id++) {
      String name = names.get(id);
      result[id] = (allowed.isEmpty() || allowed.contains(name)) && !denied.contains(name);
    }
    return result;
  }

  /** The number of {@code name}, or −1. */
  int find(String name) {
    return ids.getOrDefault(name, -1);
  }
}
