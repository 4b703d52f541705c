package io.phalanx.api.route;

import io.phalanx.api.contract.Contract;
import io.phalanx.scheduler.engine.Engine;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What every route needs.
 *
 * @param vertx runs blocking work
 * @param contract what requests are validated by
 * @param engine the node's engine
 * @param gateway to the writer
 * @param identity what callers are known by
 * @param clock the wall clock
 */
record Services(
    Vertx vertx,
    Contract contract,
    Engine engine,
    Gateway gateway,
    Identity identity,
    InstantSource clock) {}
