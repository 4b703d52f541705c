package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as the service showed it.
 *
 * @param id its name for the service
 * @param name its name for people
 * @param developer whose it is
 * @param state {@code Pending}, {@code Placed}, {@code Running}, {@code Degraded} or {@code Ended};
 *     more may come
 * @param endReason why it has ended, once it has
 * @param spent what was charged, pico-PHA
 * @param held what is still bound for it, pico-PHA
 * @param assignments its live assignments and the newest ended; none in lists and streams
 * @param document all of it as the service told it
 */
public record Deployment(
    String id,
    String name,
    String developer,
    String state,
    @Nullable String endReason,
    BigInteger spent,
    BigInteger held,
    List<Assignment> assignments,
    JsonNode document) {

  /** The state that nothing follows. */
  public static final String ENDED = "Ended";

  /** Copies the list. */
  public Deployment {
    assignments = List.copyOf(assignments);
  }

  /** Whether it is over. */
  public boolean hasEnded() {
    return state.equals(ENDED);
  }

  /**
   * One replica on one miner.
   *
   * @param id its name
   * @param replica which replica, from 0
   * @param minerId on which miner
   * @param tier the miner's tier when it was placed
   * @param gasPrice what a unit of gas costs, pico-PHA
   * @param epoch the fencing token
   * @param state {@code Offered}, {@code Running} or {@code Ended}
   */
  public record Assignment(
      String id,
      int replica,
      String minerId,
      int tier,
      BigInteger gasPrice,
      long epoch,
      String state) {

    private static Assignment of(JsonNode told) {
      return new Assignment(
          told.path("id").asText(),
          told.path("replica").asInt(),
          told.path("minerId").asText(),
          told.path("tier").asInt(),
          Fields.amount(told.path("gasPrice")),
          told.path("epoch").asLong(),
          told.path("state").asText());
    }
  }

  static Deployment of(JsonNode told) {
    return new Deployment(
        told.path("id").asText(),
        told.path("name").asText(),
        told.path("developer").asText(),
        told.path("state").asText(),
        Fields.text(told.path("endReason")),
        Fields.amount(told.path("spent")),
        Fields.amount(told.path("held")),
        Fields.list(told.path("assignments"), Assignment::of),
        told);
  }
}
