package io.phalanx.client;

import java.util.Map;

/** Who a client says it is. */
public sealed interface Credentials {

  /** Nobody: enough for a service in open mode, and for what needs no key. */
  record None() implements Credentials {}

  /**
   * A developer by name, which only a service in open mode believes.
   *
   * @param name the developer
   */
  record Developer(String name) implements Credentials {}

  /**
   * An API key.
   *
   * @param secret as it was shown when it was made
   */
  record Key(String secret) implements Credentials {
    @Override
    public String toString() {
      return "Key[secret]"; // never in a log
    }
  }

  /** The header fields that say so. */
  default Map<String, String> headers() {
    if (this instanceof Developer developer) {
      return Map.of("X-Developer", developer.name());
    }
    if (this instanceof Key key) {
      return Map.of("Authorization", "Bearer " + key.secret());
    }
    return Map.of();
  }
}
