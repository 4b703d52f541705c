package io.phalanx.api.route;

import io.phalanx.scheduler.codec.CoreJson;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Values of enums by their names on the wire. */
final class WireNames {
  private WireNames() {}

  /** The values of those names, which the contract knows to be such. */
  static <E extends Enum<E>> Set<E> values(List<String> names, Class<E> type) {
    return names.stream()
        .map(name -> CoreJson.shown().convertValue(name, type))
        .collect(Collectors.toUnmodifiableSet());
  }
}
