package io.phalanx.api.route;

import io.phalanx.scheduler.codec.CoreJson;

/** Names of enum values as they are on the wire. */
final class Wire {
  private Wire() {}

  static String name(Enum<?> value) {
    return CoreJson.shown().convertValue(value, String.class);
  }
}
