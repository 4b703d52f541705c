package io.phalanx.simulator.fleet;

import io.phalanx.simulator.http.ServiceClient;
import io.phalanx.simulator.ledger.LedgerOfAnswers;
import io.phalanx.simulator.stats.Statistics;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * What all miners of a fleet share; used from one event loop.
 *
 * @param nanos a monotonic clock
 * @param clock the wall clock, for heartbeat sequences
 * @param speed durations of simulated work are divided by it
 * @param readingIntervalMs how often a running miner reports its gas
 * @param runId sets this run's idempotency keys apart from other runs'
 */
public record FleetContext(
    Vertx vertx,
    ServiceClient client,
    Statistics statistics,
    LedgerOfAnswers ledger,
    Behaviour behaviour,
    SplittableRandom random,
    LongSupplier nanos,
    Clock clock,
    double speed,
    long readingIntervalMs,
    String runId) {}
