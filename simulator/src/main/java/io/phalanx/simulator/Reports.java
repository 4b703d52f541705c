package io.phalanx.simulator;

import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.payout.SettlementBook;
import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import java.util.List;
import java.util.Optional;

/** Gathers a {@link SimulationReport} from where its figures are kept. */
final class Reports {
  private Reports() {}

  /** What only the run itself knows. */
  record Outcome(
      long seed,
      double speed,
      long fleetUpMs,
      long runMs,
      long pending,
      long unanswered,
      LedgerVerdict ledger) {}

  static SimulationReport of(
      Outcome outcome, Statistics statistics, Optional<SettlementBook> payout) {
    return new SimulationReport(
        outcome.seed(),
        outcome.speed(),
        outcome.fleetUpMs(),
        outcome.runMs(),
        statistics.get(Count.MINERS_REGISTERED),
        statistics.get(Count.MINERS_STARTED),
        statistics.get(Count.MINERS_LEFT_STOPPED),
        statistics.guardRefusals(),
        statistics.get(Count.DEPLOYMENTS),
        statistics.get(Count.DEPLOYMENTS_REFUSED),
        statistics.get(Count.DEPLOYMENTS_PLACED),
        statistics.get(Count.DEPLOYMENTS_RUNNING),
        outcome.pending(),
        statistics.get(Count.DEPLOYMENTS_CANCELLED),
        statistics.get(Count.DEPLOYMENTS_PATCHED),
        statistics.get(Count.ARRIVALS_SHED),
        statistics.endReasons(),
        statistics.get(Count.REPLICAS_PLACED),
        statistics.get(Count.ACKNOWLEDGEMENTS),
        statistics.get(Count.HEARTBEATS),
        statistics.get(Count.STALE_ANSWERS),
        statistics.get(Count.READINGS),
        statistics.get(Count.READINGS_REFUSED),
        statistics.refusedReadings(),
        statistics.get(Count.GAS_REPORTED),
        statistics.get(Count.GAS_CHARGED),
        statistics.feesCharged().toString(),
        statistics.get(Count.DEPOSITS),
        statistics.get(Count.COMPLETIONS),
        statistics.get(Count.FAILURES),
        statistics.get(Count.DECLINES),
        statistics.get(Count.EXHAUSTED),
        statistics.get(Count.ENDED_BY_SERVICE),
        statistics.get(Count.SILENCES),
        statistics.get(Count.RESUMED),
        statistics.get(Count.DEPARTURES),
        statistics.get(Count.RETURNS),
        payout.map(SettlementBook::size).orElse(0L),
        payout.map(SettlementBook::acknowledged).orElse(0L),
        payout.map(SettlementBook::duplicates).orElse(0L),
        payout.map(book -> book.total().toString()).orElse("0"),
        payout.map(SettlementBook::faults).orElse(List.of()),
        statistics.get(Count.RETRIES),
        statistics.get(Count.STREAM_RECONNECTS),
        statistics.get(Count.STREAM_GAPS),
        statistics.errors(),
        outcome.unanswered(),
        statistics.acceptedToPlacedMs(),
        statistics.acceptingMs(),
        outcome.ledger());
  }
}
