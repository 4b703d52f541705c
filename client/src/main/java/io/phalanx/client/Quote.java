package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A firm price, with miners held for it.
 *
 * @param id its name
 * @param developer whose it is
 * @param state {@code Offered} while it may be redeemed, else {@code Requested}, {@code Lacking},
 *     {@code Redeemed}, {@code Expired}, {@code Withdrawn}, {@code Void}; more may come
 * @param replicas the miners that are held
 * @param expiresAt until when it stands; none before it is offered
 * @param document all of it as the service told it, signed once it was offered
 */
public record Quote(
    String id,
    String developer,
    String state,
    List<Line> replicas,
    @Nullable Instant expiresAt,
    JsonNode document) {

  /** Copies the list. */
  public Quote {
    replicas = List.copyOf(replicas);
  }

  /**
   * A miner that is held.
   *
   * @param minerId which
   * @param tier its tier, 1 (best) to 5
   * @param gasPrice what a unit of gas costs on it, pico-PHA
   */
  public record Line(String minerId, int tier, BigInteger gasPrice) {

    private static Line of(JsonNode told) {
      return new Line(
          told.path("minerId").asText(),
          told.path("tier").asInt(),
          Fields.amount(told.path("gasPrice")));
    }
  }

  static Quote of(JsonNode told) {
    return new Quote(
        told.path("id").asText(),
        told.path("developer").asText(),
        told.path("state").asText(),
        Fields.list(told.path("replicas"), Line::of),
        Fields.time(told.path("expiresAt")),
        told);
  }
}
