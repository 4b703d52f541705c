package io.phalanx.loadtests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The {@code --name value} and {@code --name} arguments of a benchmark; others are refused. */
final class Arguments {
  private static final String NOT_GIVEN = "";

  private final Map<String, String> values = new LinkedHashMap<>();

  private Arguments() {}

  /**
   * Reads them.
   *
   * @param known names that take a value
   * @param flags names that take none
   * @throws IllegalArgumentException naming the first that is neither
   */
  static Arguments of(String[] arguments, Set<String> known, Set<String> flags) {
    Arguments read = new Arguments();
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : NOT_GIVEN;
      if (flags.contains(name)) {
        read.values.put(name, "true");
      } else if (known.contains(name) && i + 1 < arguments.length) {
        read.values.put(name, arguments[++i]);
      } else {
        Set<String> all = new TreeSet<>(known);
        all.addAll(flags);
        throw new IllegalArgumentException(
            arguments[i] + " is none of " + all + ", or has no value");
      }
    }
    return read;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }
}
