package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a deployment is where it is, or what a request would get.
 *
 * @param verdict {@code placed}, {@code placeable}, {@code waiting} or {@code never}
 * @param eligibleMiners miners that suit it, wherever they stand
 * @param idleEligibleMiners of these, the ones that could take it now
 * @param p50 in half of all cases it waits no longer than this; none where nothing can be said
 * @param p90 likewise in nine of ten
 * @param eliminations what miners fail
 * @param relaxations the smallest changes that would make it placeable now, best first
 * @param document all of it as the service told it: the chosen miners and runners-up with their
 *     scores as well
 */
public record Explanation(
    String verdict,
    int eligibleMiners,
    int idleEligibleMiners,
    @Nullable Duration p50,
    @Nullable Duration p90,
    List<Elimination> eliminations,
    List<Relaxation> relaxations,
    JsonNode document) {

  /** Copies the lists. */
  public Explanation {
    eliminations = List.copyOf(eliminations);
    relaxations = List.copyOf(relaxations);
  }

  /**
   * How many miners fail a constraint.
   *
   * @param constraint its name
   * @param miners how many
   */
  public record Elimination(String constraint, int miners) {}

  /**
   * A change of the request that would make it placeable now.
   *
   * @param change a merge patch of the request
   * @param idleEligibleMiners how many miners could take it then
   */
  public record Relaxation(JsonNode change, int idleEligibleMiners) {}

  static Explanation of(JsonNode told) {
    JsonNode wait = told.path("estimatedWait");
    return new Explanation(
        told.path("verdict").asText(),
        told.path("eligibleMiners").asInt(),
        told.path("idleEligibleMiners").asInt(),
        Fields.duration(wait.path("p50")),
        Fields.duration(wait.path("p90")),
        Fields.list(
            told.path("eliminations"),
            each -> new Elimination(each.path("constraint").asText(), each.path("miners").asInt())),
        Fields.list(
            told.path("relaxations"),
            each -> new Relaxation(each.path("change"), each.path("idleEligibleMiners").asInt())),
        told);
  }
}
