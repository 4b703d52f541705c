package io.phalanx.api.route;

import io.phalanx.scheduler.codec.CoreJson;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of enum values as they are on the wire. */
final class Wire {
  private static final Map<Enum<?>, String> NAMES = new ConcurrentHashMap<>();

  private Wire() {}

  static String name(Enum<?> value) {
    return NAMES.computeIfAbsent(value, each -> CoreJson.shown().convertValue(each, String.class));
  }
}
