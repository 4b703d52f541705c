package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.unit.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's public keys, as {@code GET /v1/scheduler-key} shows them.
 *
 * @param keys all that it ever signed with
 */
public record SchedulerKeys(List<Key> keys) {

  /**
   * One of them.
   *
   * @param keyId what signed documents call it
   * @param publicKey what checks their signatures
   * @param validFrom the first instant it signs for; none if it is not said
   * @param validUntil the first instant it no longer signs for; none while it does
   */
  public record Key(
      String keyId,
      VerifyingKey publicKey,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil) {

    /** Whether it may have signed something of that time. */
    boolean isValidAt(Instant time) {
      return (validFrom == null || !time.isBefore(validFrom))
          && (validUntil == null || time.isBefore(validUntil));
    }
  }

  /** Copies the list. */
  public SchedulerKeys {
    keys = List.copyOf(keys);
  }

  /** A single key that has always been valid. */
  public static SchedulerKeys of(VerifyingKey key) {
    return new SchedulerKeys(List.of(new Key(key.hex(), key, null, null)));
  }

  /**
   * Reads the answer of the endpoint.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static SchedulerKeys parse(JsonNode answer) {
    List<Key> keys = new ArrayList<>();
    for (JsonNode key : answer.path("keys")) {
      VerifyingKey publicKey = new VerifyingKey(key.path("publicKey").asText(""));
      keys.add(
          new Key(
              key.path("keyId").asText(publicKey.hex()),
              publicKey,
              time(key.path("validFrom")),
              time(key.path("validUntil"))));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("it names no key");
    }
    return new SchedulerKeys(keys);
  }

  /** As the endpoint answers. */
  public ObjectNode json() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode shown = answer.putArray("keys");
    for (Key key : keys) {
      shown
          .addObject()
          .put("keyId", key.keyId())
          .put("publicKey", key.publicKey().hex())
          .put("validFrom", text(key.validFrom()))
          .put("validUntil", text(key.validUntil()));
    }
    return answer;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : Timestamps.text(time.toEpochMilli());
  }

  /** The key of that name. */
  Optional<Key> find(String keyId) {
    return keys.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
  }

  private static @Nullable Instant time(JsonNode text) {
    if (text.isNull() || text.isMissingNode()) {
      return null;
    }
    try {
      return Instant.parse(text.asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text.asText(), e);
    }
  }
}
