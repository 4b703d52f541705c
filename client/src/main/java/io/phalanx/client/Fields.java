package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields of answers by their types on the wire; what is not there is nothing, zero or empty. */
final class Fields {
  private Fields() {}

  /** A decimal string of pico-PHA. */
  static BigInteger amount(JsonNode value) {
    return value.isTextual() ? new BigInteger(value.asText()) : BigInteger.ZERO;
  }

  static @Nullable Instant time(JsonNode value) {
    return value.isTextual() ? Instant.parse(value.asText()) : null;
  }

  static @Nullable Duration duration(JsonNode value) {
    return value.isTextual() ? Duration.parse(value.asText()) : null;
  }

  static @Nullable String text(JsonNode value) {
    return value.isTextual() ? value.asText() : null;
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
    List<T> items = new ArrayList<>();
    array.forEach(each -> items.add(item.apply(each)));
    return items;
  }
}
