package io.phalanx.api.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.placement.explain.WaitEstimate;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.GasPrice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a deployment is where it is.
 *
 * @param state where it stands
 * @param verdict {@code placed}, {@code placeable}, {@code waiting} or {@code never}
 * @param eligibleMiners miners that fail nothing it asks for, wherever they stand
 * @param idleEligibleMiners of these, the ones that could take a slot now
 * @param queuePosition from 1; none when nothing of it waits
 * @param estimatedWait how long it may wait
 * @param eliminations what its miners fail; only constraints that some miner fails
 * @param relaxations the smallest changes that would make it placeable now, best first
 * @param chosen the miners that hold its replicas, with the score that they were chosen for
 * @param runnersUp the miners that could take a slot now and suit it best, best first
 * @param miner why (not) the miner that was asked about; left out when none was
 */
public record ExplanationView(
    DeploymentState state,
    String verdict,
    int eligibleMiners,
    int idleEligibleMiners,
    @Nullable Integer queuePosition,
    Wait estimatedWait,
    List<EliminationView> eliminations,
    List<Relaxation> relaxations,
    List<Chosen> chosen,
    List<Chosen> runnersUp,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MinerAnswer miner) {

  /**
   * How long it may wait, as ISO 8601 durations; none where it cannot be said.
   *
   * @param p50 in half of all cases no longer than this
   * @param p90 in nine of ten
   */
  public record Wait(@Nullable String p50, @Nullable String p90) {

    static final Wait UNKNOWN = new Wait(null, null);

    /** In whole seconds, rounded up. */
    static Wait of(WaitEstimate estimate) {
      return new Wait(text(estimate.p50Ms()), text(estimate.p90Ms()));
    }

    private static String text(long ms) {
      return Duration.ofSeconds((ms + 999) / 1000).toString();
    }
  }

  /**
   * How many miners fail a constraint, whatever else they fail.
   *
   * @param constraint its name
   * @param miners how many; 0 for {@code minReplicas}, which no single miner fails
   */
  public record EliminationView(String constraint, int miners) {}

  /**
   * A change to the request, and what it would bring.
   *
   * @param change a merge patch of the request; one or two fields
   * @param eligibleMiners as above, were it made
   * @param idleEligibleMiners as above, were it made
   */
  public record Relaxation(
      Map<String, Object> change, int eligibleMiners, int idleEligibleMiners) {}

  /**
   * A replica's miner, or one that could be.
   *
   * @param replica which replica, from 0; none of a miner that has none
   * @param minerId the miner
   * @param tier its tier when it was placed
   * @param operator its operator
   * @param gasPrice the price agreed; its ask when nothing is agreed
   * @param score the weighted sum of the terms: of a miner that is chosen, as they were then
   * @param terms the weighted points of each term; they sum to the score
   */
  public record Chosen(
      @Nullable Integer replica,
      MinerId minerId,
      int tier,
      String operator,
      GasPrice gasPrice,
      long score,
      Map<String, Long> terms) {}

  /**
   * Why (not) a certain miner.
   *
   * @param minerId the miner
   * @param tier its tier
   * @param operator its operator
   * @param gasPrice its ask
   * @param fails every constraint that it fails; empty if it could take a slot now
   * @param score its score now, or when it was chosen; none if it fails a constraint of the
   *     deployment itself
   * @param terms likewise, term by term
   * @param differences what the chosen ones have more than it, one for each that is chosen
   */
  public record MinerAnswer(
      MinerId minerId,
      int tier,
      String operator,
      GasPrice gasPrice,
      List<String> fails,
      @Nullable Long score,
      @Nullable Map<String, Long> terms,
      List<Difference> differences) {}

  /**
   * How a chosen miner compares to the one that was asked about.
   *
   * @param replica the chosen one's replica
   * @param minerId the chosen one
   * @param score its score less the other's
   * @param terms likewise, term by term
   */
  public record Difference(int replica, MinerId minerId, long score, Map<String, Long> terms) {}
}
