package io.phalanx.simulator.developer;

import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.http.ServiceClient;
import io.phalanx.simulator.ledger.LedgerOfAnswers;
import io.phalanx.simulator.stats.Statistics;
import io.vertx.core.Vertx;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * What all simulated developers share; used from one event loop.
 *
 * @param nanos a monotonic clock
 * @param speed durations of simulated work are divided by it
 * @param runId sets this run's names and idempotency keys apart from other runs'
 */
public record DeveloperContext(
    Vertx vertx,
    ServiceClient client,
    Statistics statistics,
    LedgerOfAnswers ledger,
    Behaviour behaviour,
    SplittableRandom random,
    LongSupplier nanos,
    double speed,
    String runId) {}
