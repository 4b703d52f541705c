package io.phalanx.simulator;

import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.stats.LatencySummary;
import java.util.List;
import java.util.Map;

/**
 * What came of a run. Amounts of money are decimal strings of pico-PHA.
 *
 * @param fleetUpMs until every miner was registered and started, or refused
 * @param runMs from then to the end of the load
 * @param guardRefusals starts refused, by guard
 * @param minersLeftStopped registered from rows that are not Idle and responsive, and not started
 * @param deployments accepted
 * @param deploymentsRefused answered with an error for good, or never answered
 * @param deploymentsPlaced that were Placed at least once
 * @param arrivalsShed not posted, for too many calls were unanswered
 * @param deploymentsPending not placed when the run ended
 * @param ended deployments ended, by reason
 * @param readings taken by the service
 * @param gasReported by miners
 * @param gasCharged by the service
 * @param settlementsDelivered different ones received by the payout endpoint
 * @param settlementDuplicates received again
 * @param settlementFaults what was wrong with deliveries
 * @param errors answers of 400 and above by status and problem, repeated tries included
 * @param unanswered calls that had no answer when the run ended
 * @param acceptedToPlacedMs from the answer to a deployment's POST to Placed on the event stream
 * @param acceptingMs from the instant a deployment was due to the answer to its POST
 */
public record SimulationReport(
    long seed,
    double speed,
    long fleetUpMs,
    long runMs,
    long minersRegistered,
    long minersStarted,
    long minersLeftStopped,
    Map<String, Long> guardRefusals,
    long deployments,
    long deploymentsRefused,
    long deploymentsPlaced,
    long deploymentsRun,
    long deploymentsPending,
    long deploymentsCancelled,
    long deploymentsPatched,
    long arrivalsShed,
    Map<String, Long> ended,
    long replicasPlaced,
    long acknowledgements,
    long heartbeats,
    long staleAnswers,
    long readings,
    long readingsRefused,
    Map<String, Long> refusedReadings,
    long gasReported,
    long gasCharged,
    String feesCharged,
    long deposits,
    long completions,
    long failures,
    long declines,
    long exhausted,
    long endedByService,
    long silences,
    long resumed,
    long departures,
    long returns,
    long settlementsDelivered,
    long settlementsAcknowledged,
    long settlementDuplicates,
    String settled,
    List<String> settlementFaults,
    long retries,
    long streamReconnects,
    long streamGaps,
    Map<String, Long> errors,
    long unanswered,
    LatencySummary acceptedToPlacedMs,
    LatencySummary acceptingMs,
    LedgerVerdict ledger) {

  /** One line of JSON. */
  public String toJson() {
    return Json.text(this);
  }
}
